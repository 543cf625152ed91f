package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes by the outbox and what from history, exactly where it joins above all. */
class ProgressTest {

    private static final long JOINED = 5;
    private static final Position START = new Position(Epoch.startingAt(Instant.EPOCH), 0);

    private final Progress progress = new Progress(new Outbox(2, 1 << 20), JOINED);

    @BeforeEach
    void join() {
        progress.join(JOINED);
    }

    /** It is read from history. */
    @Test
    void keptEventExactlyThereIsNotTakenAndTheNextIs() {
        assertThat(progress.offer(List.of(kept(JOINED)))).isFalse();
        assertThat(progress.offer(List.of(kept(JOINED + 1)))).isTrue();
        assertThat(sequences()).containsExactly(JOINED + 1);
    }

    /** It bears the sequence number of the last event that is kept, and came after the joining. */
    @Test
    void passingEventExactlyThereIsTakenAndTheOneBeforeIsNot() {
        assertThat(progress.offer(List.of(passing(JOINED - 1)))).isFalse();
        assertThat(progress.offer(List.of(passing(JOINED)))).isTrue();
        assertThat(sequences()).containsExactly(JOINED);
    }

    @Test
    void batchThatStraddlesTheJoiningIsTakenFromThereOn() {
        assertThat(progress.offer(List.of(kept(JOINED), passing(JOINED), kept(JOINED + 1))))
                .isTrue();
        assertThat(sequences()).containsExactly(JOINED, JOINED + 1);
    }

    @Test
    void historyIsReadUpToTheJoiningAndNotAtIt() {
        var behind = new Progress(new Outbox(2, 1 << 20), JOINED - 1);
        behind.join(JOINED);
        assertThat(behind.state()).isEqualTo(SubscriberState.REPLAYING);
        assertThat(behind.hasJoined()).isFalse();
        behind.offer(List.of(kept(JOINED + 1)));
        assertThat(behind.take(100, 1 << 20)).as("what history has comes first").isEmpty();
        behind.readTo(JOINED);
        assertThat(behind.state()).isEqualTo(SubscriberState.LIVE);
        assertThat(behind.hasJoined()).isTrue();
        assertThat(behind.take(100, 1 << 20)).hasSize(1);
        assertThat(behind.read()).isEqualTo(JOINED + 1);
    }

    @Test
    void nothingIsOutstandingWhereItIsLiveAndNothingWaits() {
        assertThat(progress.completed(9)).isEqualTo(9);
        assertThat(progress.read()).isEqualTo(JOINED);
        progress.offer(List.of(kept(JOINED + 1)));
        assertThat(progress.completed(9)).as("one waits").isEqualTo(JOINED);
        sequences();
        assertThat(progress.advance(9)).isEqualTo(9);
        assertThat(progress.read()).isEqualTo(9);
        assertThat(progress.advance(8)).as("it never goes back").isEqualTo(9);
    }

    @Test
    void whoFellBehindTakesNothingBeforeItHasJoinedAgainAndDoesNotJoinWhileEventsWait() {
        assertThat(progress.offer(List.of(kept(6), kept(7), kept(8)))).isTrue();
        assertThat(progress.state()).isEqualTo(SubscriberState.REPLAYING);
        progress.join(8);
        assertThat(progress.joined()).isEqualTo(JOINED);
        assertThat(progress.take(1, 1 << 20)).hasSize(1);
        assertThat(progress.offer(List.of(kept(9))))
                .as("there is room, but 8 is missing")
                .isFalse();
        assertThat(sequences()).containsExactly(7L);
        progress.join(9);
        progress.readTo(9);
        assertThat(progress.state()).isEqualTo(SubscriberState.LIVE);
        assertThat(progress.offer(List.of(kept(9), kept(10)))).isTrue();
        assertThat(sequences()).containsExactly(10L);
    }

    @Test
    void missedPassingEventIsToldOfWhenWhatCameBeforeItIsTakenAndOnce() {
        progress.offer(List.of(kept(6), kept(7), passing(7)));
        assertThat(progress.hasMissed()).isFalse();
        sequences();
        assertThat(progress.hasMissed()).isTrue();
        progress.clearMissed();
        assertThat(progress.hasMissed()).isFalse();
    }

    @Test
    void keptEventThatWasRefusedIsNotMissed() {
        progress.offer(List.of(kept(6), kept(7), kept(8)));
        sequences();
        assertThat(progress.hasMissed()).isFalse();
    }

    @Test
    void whatHistoryHasPassedIsSkippedAndNotTakenAnyMore() {
        progress.offer(List.of(kept(6), kept(7)));
        progress.skipTo(6);
        assertThat(progress.joined()).isEqualTo(6);
        assertThat(progress.offer(List.of(kept(6)))).isFalse();
        assertThat(sequences()).containsExactly(7L);
        progress.skipTo(3);
        assertThat(progress.joined()).isEqualTo(6);
    }

    @Test
    void closedHasNothingTakesNothingAndLacksNothing() {
        progress.offer(List.of(kept(6)));
        progress.end();
        assertThat(progress.count()).isZero();
        assertThat(progress.offer(List.of(kept(9)))).isFalse();
        assertThat(progress.state()).isEqualTo(SubscriberState.ENDED);
        progress.join(20);
        assertThat(progress.state()).isEqualTo(SubscriberState.ENDED);
    }

    private List<Long> sequences() {
        return progress.take(100, 1 << 20).stream().map(Event::sequence).toList();
    }

    private static Event kept(long sequence) {
        return Event.kept(START.at(sequence), request(), Instant.EPOCH);
    }

    private static Event passing(long sequence) {
        return Event.passing(START.at(sequence), request(), Instant.EPOCH);
    }

    private static PublishRequest request() {
        return new PublishRequest(List.of("/a"), null, "x", null, null, false);
    }
}
