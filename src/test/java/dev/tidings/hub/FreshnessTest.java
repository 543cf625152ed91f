package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.PublishRequest;
import dev.tidings.event.SelectorSet;
import dev.tidings.log.MemoryLog;
import dev.tidings.log.Retention;
import dev.tidings.testing.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A quiet subscriber beside a flood that overruns history, again and again, can resume from what it was told. */
class FreshnessTest {

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
            flood(number);
            if (quiet.wakes() > 0) {
                quiet.forgetWakes();
                assertThat(quiet.subscriber().stale()).isTrue();
                quiet.subscriber().reached();
            }
            assertThat(hub.start(quiet.subscriber().told().toString()).gap())
                    .as("the gap after event %s", number)
                    .isNull();
        }
    }

    @Test
    void itIsToldRarelyWhileHistoryForgetsNothing() {
        open(10_000);
        var quiet = RecordingSink.fresh(hub, "/quiet");
        int told = 0;
        for (int number = 1; number <= 3_000; number++) {
            flood(number);
            if (quiet.wakes() > 0) {
                quiet.forgetWakes();
                quiet.subscriber().reached();
                told++;
            }
        }
        assertThat(told).isEqualTo(3);
    }

    private void open(int history) {
        log = new MemoryLog(
                new Retention(history, Duration.ofHours(1), 1L << 30, SelectorSet.of(List.of())), Clock.systemUTC());
        hub = new Hub(log, 8, 1L << 20, Clock.systemUTC());
    }

    /** One event for others; when this returns it is delivered, and those before it are seen to. */
    private void flood(int number) {
        hub.publish(List.of(new PublishRequest(List.of("/flood"), null, Integer.toString(number), null, null, false)));
        Eventually.holds("it is delivered", () -> hub.delivered() == number);
    }
}
