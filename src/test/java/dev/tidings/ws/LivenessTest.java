package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a peer is pinged and when it is given up, to the nanosecond, wherever the clock begins. */
class LivenessTest {

    private static final long BEAT = Duration.ofSeconds(15).toNanos();

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 10})
    void pingIsDueAHeartbeatAfterTheLastSignAndTheLastPing(long start) {
        Liveness liveness = liveness(start);
        assertThat(liveness.needsPing(start + BEAT - 1)).isFalse();
        assertThat(liveness.needsPing(start + BEAT)).isTrue();
        liveness.pinged(start + BEAT);
        assertThat(liveness.needsPing(start + 2 * BEAT - 1)).isFalse();
        assertThat(liveness.needsPing(start + 2 * BEAT)).isTrue();
        liveness.active(start + BEAT + 7);
        assertThat(liveness.needsPing(start + 2 * BEAT + 6)).isFalse();
        assertThat(liveness.needsPing(start + 2 * BEAT + 7)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 10})
    void peerIsOverdueThreeHeartbeatsAfterItsLastSign(long start) {
        Liveness liveness = liveness(start);
        assertThat(liveness.overdue(start + 3 * BEAT - 1)).isFalse();
        assertThat(liveness.overdue(start + 3 * BEAT)).isTrue();
        liveness.active(start + 1);
        assertThat(liveness.overdue(start + 3 * BEAT)).isFalse();
        assertThat(liveness.overdue(start + 3 * BEAT + 1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 10})
    void pingIsLeftUnansweredAHeartbeatAfterIt(long start) {
        Liveness liveness = liveness(start);
        assertThat(liveness.leftUnanswered(start + 9 * BEAT))
                .as("it was never pinged")
                .isFalse();
        liveness.pinged(start + BEAT);
        assertThat(liveness.leftUnanswered(start + 2 * BEAT - 1)).isFalse();
        assertThat(liveness.leftUnanswered(start + 2 * BEAT)).isTrue();
        liveness.active(start + BEAT);
        assertThat(liveness.leftUnanswered(start + 9 * BEAT))
                .as("it has answered")
                .isFalse();
    }

    private static Liveness liveness(long start) {
        return new Liveness(Duration.ofNanos(BEAT), start);
    }
}
