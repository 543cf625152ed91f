package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A quiet subscriber beside a flood that overruns history, again and again, can resume from what it was told. */
class StalenessTest {

    private MemoryLog log;
    private Hub hub;

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 64, 500, 1_500})
    void positionToldIsHeldHoweverShortHistoryIs(int history) {
        open(history);
        var quiet = RecordingSink.fresh(hub, "/quiet");
        for (int number = 1; number <= 3_000; number++) {
            publish("/flood", "other");
            delivered(number);
            hear(quiet);
            assertHeld(quiet);
        }
    }

    @Test
    void itIsStaleAfterAThousandEventsButNotWokenWhileHistoryForgetsNothing() {
        open(10_000);
        var quiet = RecordingSink.fresh(hub, "/quiet");
        for (int number = 1; number <= 3_000; number++) {
            publish("/flood", "other");
            delivered(number);
            assertThat(quiet.subscriber().isStale()).isEqualTo(number % 1_000 == 0);
            if (quiet.subscriber().isStale()) {
                quiet.subscriber().reached();
            }
        }
        assertThat(quiet.wakes()).isZero();
    }

    /** Found in review: who was woken for an event, and then was to be woken for its position, said only the event. */
    @Test
    void aPositionThatFadesIsNewsBesideAnEvent() {
        open(100);
        var quiet = RecordingSink.fresh(hub, "/quiet");
        assertThat(quiet.subscriber().hasNews()).isFalse();
        publish("/quiet", "mine");
        for (int number = 2; number <= 80; number++) {
            publish("/flood", "other");
        }
        delivered(80);
        assertThat(quiet.subscriber().next(1_024, 1 << 20)).hasSize(1);
        assertThat(quiet.subscriber().hasNews()).isTrue();
        quiet.subscriber().reached();
        assertThat(quiet.subscriber().hasNews()).isFalse();
    }

    @Test
    void positionToldIsHeldBesideEventsSoLargeThatAFewOverrunHistory() {
        open(100_000, 4L << 20);
        for (int number = 1; number <= 2_000; number++) {
            publish("/flood", "small");
        }
        delivered(2_000);
        var quiet = RecordingSink.fresh(hub, "/quiet");
        String large = "x".repeat(64 << 10);
        for (int number = 2_001; number <= 2_200; number++) {
            publish("/flood", large);
            delivered(number);
            hear(quiet);
            assertHeld(quiet);
        }
    }

    /** Found when what was told was the end of the page that was read, and not the last event in it. */
    @Test
    void positionToldInAReplayIsThatOfTheEventAndIsHeld() {
        open(1_000);
        publish("/quiet", "mine");
        for (int number = 2; number <= 1_000; number++) {
            publish("/flood", "other");
        }
        delivered(1_000);
        var quiet = RecordingSink.resuming(hub, "earliest", "/quiet");
        List<Event> mine = quiet.subscriber().next(1_024, 1 << 20);
        assertThat(mine)
                .singleElement()
                .extracting(Event::id)
                .isEqualTo(quiet.subscriber().peerPosition().toString());
        assertThat(quiet.subscriber().isStale()).isTrue();
        quiet.subscriber().reached();
        for (int number = 1_001; number <= 2_500; number++) {
            publish("/flood", "other");
            delivered(number);
            hear(quiet);
            assertHeld(quiet);
        }
    }

    @Test
    void placeBeforeTheMiddleOfHistoryFadesOnceThatIsReached() {
        open(100);
        for (int number = 1; number <= 100; number++) {
            publish("/flood", "other");
        }
        var staleness = new Staleness(log, 0);
        assertThat(staleness.isUrgent(0, 100)).as("before it was looked").isFalse();
        assertThat(staleness.advance(100)).isTrue();
        assertThat(staleness.isUrgent(49, 50)).isTrue();
        assertThat(staleness.isUrgent(50, 100)).isFalse();
        assertThat(staleness.isUrgent(40, 49)).isFalse();
        assertThat(staleness.isStale(49, 50)).isTrue();
        assertThat(staleness.isStale(50, 50 + Staleness.LIMIT - 1)).isFalse();
        assertThat(staleness.isStale(50, 50 + Staleness.LIMIT)).isTrue();
        assertThat(staleness.advance(111)).as("an eighth of what history holds").isFalse();
        assertThat(staleness.advance(112)).isTrue();
    }

    /** Found when a delivery that lagged behind a short history woke everybody for each event. */
    @Test
    void burstThatOverrunsHistoryWakesTheQuietRarely() {
        open(1_000);
        List<RecordingSink> quiet = IntStream.range(0, 100)
                .mapToObj(i -> RecordingSink.fresh(hub, "/quiet"))
                .toList();
        PublishRequest other = request("/flood", "other");
        for (int batch = 1; batch <= 6; batch++) {
            hub.publish(Collections.nCopies(1_000, other));
        }
        delivered(6_000);
        assertThat(quiet).allSatisfy(sink -> assertThat(sink.wakes()).isLessThanOrEqualTo(60));
    }

    private void open(int history) {
        open(history, 1L << 30);
    }

    private void open(int history, long bytes) {
        log = new MemoryLog(
                new Retention(history, Duration.ofHours(1), bytes, SelectorSet.of(List.of())), Clock.systemUTC());
        hub = new Hub(log, 8, 1L << 20, Clock.systemUTC());
    }

    private void publish(String topic, String data) {
        hub.publish(List.of(request(topic, data)));
    }

    private static PublishRequest request(String topic, String data) {
        return new PublishRequest(List.of(topic), null, data, null, null, false);
    }

    /** Waits until delivery has come to this sequence number, and those before it are seen to. */
    private void delivered(int sequence) {
        Eventually.holds("it is delivered", () -> hub.delivered() == sequence);
    }

    /** What a stream does when it is woken and there is nothing for it. */
    private static void hear(RecordingSink quiet) {
        if (quiet.wakes() > 0) {
            quiet.forgetWakes();
            if (quiet.subscriber().isStale()) {
                quiet.subscriber().reached();
            }
        }
    }

    private void assertHeld(RecordingSink quiet) {
        assertThat(hub.start(quiet.subscriber().peerPosition().toString()).gap())
                .as("the gap after event %s", hub.delivered())
                .isNull();
    }
}
