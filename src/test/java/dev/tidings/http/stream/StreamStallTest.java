package dev.tidings.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.StalledReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A reader that stops for a moment: its connection is the container's to give up, and not before its time. */
class StreamStallTest {

    private static final Duration IDLE = Duration.ofSeconds(4);

    /** The container counts from the last write that took a byte, not from the stream's opening. */
    @Test
    @SuppressWarnings("try")
    void readerThatStopsIsGivenUpNoSoonerThanTheContainerWould() {
        try (var hub = new StreamingHub(new InProcessJetty().idle(IDLE));
                StalledReader reader = hub.stream("/events?topic=/a").stall(4_096)) {
            long opened = System.nanoTime();
            Eventually.holds("most of the idle timeout is over, and something written all the while", () -> {
                hub.publish("/a", "x");
                return System.nanoTime() - opened >= IDLE.toNanos() * 3 / 4;
            });
            long stopped = System.nanoTime();
            for (int i = 0; i < 90; i++) {
                hub.publish("/a", "x".repeat(128 * 1024));
            }
            Eventually.holds("it is given up", () -> hub.subscribers() == 0);
            assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isGreaterThanOrEqualTo(IDLE);
        }
    }
}
