package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.LogRecorder;
import dev.tidings.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private final ManualClock clock = new ManualClock();
    private final Refusals refusals = new Refusals(clock::nanoTime);

    @Test
    void eachIsCounted() {
        refuse(Limit.STREAMS);
        refuse(Limit.STREAMS);
        assertThat(refusals.count(Limit.STREAMS)).isEqualTo(2);
        assertThat(refusals.count(Limit.PUBLISH_RATE)).isZero();
    }

    @Test
    void retryIsAfterWholeSeconds() {
        assertThat(refusals.refuse(Limit.PUBLISH_RATE, "alice", "no", Duration.ofMillis(1))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(refusals.refuse(Limit.PUBLISH_RATE, "alice", "no", Duration.ofMillis(2_001))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void floodIsOneLineInAWhileThatNamesWho() {
        try (LogRecorder lines = LogRecorder.of(Refusals.class)) {
            refuse(Limit.STREAMS);
            refuse(Limit.STREAMS);
            refuse(Limit.STREAMS);
            clock.advance(Duration.ofSeconds(10));
            refuse(Limit.STREAMS);
            refuse(Limit.CONNECT_RATE);
            assertThat(lines.messages())
                    .containsExactly(
                            "refused: no room. who=192.0.2.1",
                            "refused: no room. who=192.0.2.1 more=2",
                            "refused: no room. who=192.0.2.1");
        }
    }

    /** A user may have any name. */
    @Test
    void nameEndsNoLine() {
        try (LogRecorder lines = LogRecorder.of(Refusals.class)) {
            refusals.refuse(Limit.PUBLISH_RATE, "alice\u2028refused: bob", "no room.", Duration.ofSeconds(1));
            assertThat(lines.messages()).containsExactly("refused: no room. who=\"alice\\u2028refused: bob\"");
        }
    }

    private void refuse(Limit limit) {
        refusals.refuse(limit, "192.0.2.1", "no room.", Duration.ofSeconds(1));
    }
}
