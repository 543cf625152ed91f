package dev.tidings.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.http.stream.EventsFraming;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Subscriber;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.SilentSink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a heartbeat is due. */
class FrameSourceTest {

    private static final Duration HEARTBEAT = Duration.ofMillis(100);

    private final ManualClock clock = new ManualClock();
    private final MemoryLog log =
            new MemoryLog(new Retention(10, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())), clock);
    private final FrameSource<byte[]> source = source();

    @AfterEach
    void close() {
        log.close();
    }

    /** Found when a heartbeat of 100 ms came every 500 ms. */
    @Test
    void heartbeatsAreAsFarFromEachOtherAsTheSettingSays() {
        assertThat(source.take()).as("the opening").isNotNull();
        assertThat(after(Duration.ZERO)).isFalse();
        for (int beat = 1; beat <= 3; beat++) {
            for (int quarter = 1; quarter <= 3; quarter++) {
                assertThat(after(HEARTBEAT.dividedBy(4))).isFalse();
            }
            assertThat(after(HEARTBEAT.dividedBy(4))).isTrue();
            assertThat(source.take()).as("heartbeat %s", beat).isNotNull();
        }
    }

    @Test
    void timeOfDayThatIsSetMovesNoHeartbeat() {
        assertThat(source.take()).as("the opening").isNotNull();
        assertThat(after(Duration.ZERO)).isFalse();
        clock.set(clock.instant().plus(Duration.ofDays(1)));
        assertThat(after(Duration.ZERO)).isFalse();
        clock.set(clock.instant().minus(Duration.ofDays(2)));
        assertThat(after(HEARTBEAT)).isTrue();
    }

    @Test
    void timerLooksOftenEnoughForTheHeartbeatAndTheSecondInWhichATokenEnds() {
        assertThat(Streams.period(HEARTBEAT)).isEqualTo(Duration.ofMillis(25));
        assertThat(Streams.period(Duration.ofSeconds(15))).isEqualTo(Duration.ofMillis(240));
        assertThat(Streams.period(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(10));
    }

    private boolean after(Duration step) {
        return source.tick(clock.advance(step), clock.nanoTime());
    }

    private FrameSource<byte[]> source() {
        var hub = new Hub(log, 8, 1 << 20, clock);
        Subscriber subscriber = SilentSink.subscribe(hub, List.of("/a"), List.of("/a"));
        var framing = new EventsFraming(Duration.ofSeconds(2));
        return new FrameSource<>(
                subscriber, framing, TokenLife.until(null), HEARTBEAT, clock.instant(), clock.nanoTime());
    }
}
