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

/** What is taken in the live way by who has joined at a place, exactly there above all. */
class LiveSideTest {

    private static final long JOINED = 5;
    private static final Position START = new Position(Epoch.startingAt(Instant.EPOCH), 0);

    private final LiveSide live = new LiveSide(new Outbox(2, 1 << 20));

    @BeforeEach
    void join() {
        live.join(JOINED);
    }

    /** It is read from history. */
    @Test
    void keptEventExactlyThereIsNotTakenAndTheNextIs() {
        assertThat(live.offer(List.of(kept(JOINED)))).isFalse();
        assertThat(live.offer(List.of(kept(JOINED + 1)))).isTrue();
        assertThat(places()).containsExactly(JOINED + 1);
    }

    /** It bears the place of the last event that is kept, and came after the joining. */
    @Test
    void passingEventExactlyThereIsTakenAndTheOneBeforeIsNot() {
        assertThat(live.offer(List.of(passing(JOINED - 1)))).isFalse();
        assertThat(live.offer(List.of(passing(JOINED)))).isTrue();
        assertThat(places()).containsExactly(JOINED);
    }

    @Test
    void runThatStraddlesThePlaceIsTakenFromThereOn() {
        assertThat(live.offer(List.of(kept(JOINED), passing(JOINED), kept(JOINED + 1))))
                .isTrue();
        assertThat(places()).containsExactly(JOINED, JOINED + 1);
    }

    @Test
    void historyIsLackedBeforeThePlaceAndNotAtIt() {
        assertThat(live.lacks(JOINED - 1)).isTrue();
        assertThat(live.hasJoinedBy(JOINED - 1)).isFalse();
        assertThat(live.lacks(JOINED)).isFalse();
        assertThat(live.hasJoinedBy(JOINED)).isTrue();
        assertThat(live.isIdle(JOINED)).isTrue();
        live.offer(List.of(kept(JOINED + 1)));
        assertThat(live.isIdle(JOINED)).isFalse();
    }

    @Test
    void whoFellBehindTakesNothingBeforeItHasJoinedAgainAndDoesNotJoinWhileEventsWait() {
        assertThat(live.offer(List.of(kept(6), kept(7), kept(8)))).isTrue();
        assertThat(live.lacks(7)).isTrue();
        live.join(8);
        assertThat(live.joined()).isEqualTo(JOINED);
        assertThat(live.take(1, 1 << 20)).hasSize(1);
        assertThat(live.offer(List.of(kept(9))))
                .as("there is room, but 8 is missing")
                .isFalse();
        assertThat(places()).containsExactly(7L);
        live.join(9);
        assertThat(live.lacks(9)).isFalse();
        assertThat(live.offer(List.of(kept(9), kept(10)))).isTrue();
        assertThat(places()).containsExactly(10L);
    }

    @Test
    void missedPassingEventIsToldOfWhenWhatCameBeforeItIsTakenAndOnce() {
        live.offer(List.of(kept(6), kept(7), passing(7)));
        assertThat(live.misses()).isFalse();
        places();
        assertThat(live.misses()).isTrue();
        live.missesNothingMore();
        assertThat(live.misses()).isFalse();
    }

    @Test
    void keptEventThatWasRefusedIsNotMissed() {
        live.offer(List.of(kept(6), kept(7), kept(8)));
        places();
        assertThat(live.misses()).isFalse();
    }

    @Test
    void whatHistoryHasPassedIsSkippedAndNotTakenAnyMore() {
        live.offer(List.of(kept(6), kept(7)));
        live.beginAfter(6);
        assertThat(live.joined()).isEqualTo(6);
        assertThat(live.offer(List.of(kept(6)))).isFalse();
        assertThat(places()).containsExactly(7L);
        live.beginAfter(3);
        assertThat(live.joined()).isEqualTo(6);
    }

    @Test
    void closedHasNothingTakesNothingAndLacksNothing() {
        live.offer(List.of(kept(6)));
        live.close();
        assertThat(live.count()).isZero();
        assertThat(live.offer(List.of(kept(9)))).isFalse();
        assertThat(live.lacks(0)).isFalse();
    }

    private List<Long> places() {
        return live.take(100, 1 << 20).stream().map(Event::place).toList();
    }

    private static Event kept(long place) {
        return Event.kept(START.at(place), request(), Instant.EPOCH);
    }

    private static Event passing(long place) {
        return Event.passing(START.at(place), request(), Instant.EPOCH);
    }

    private static PublishRequest request() {
        return new PublishRequest(List.of("/a"), null, "x", null, null, false);
    }
}
