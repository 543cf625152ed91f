package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.hub.WorkerThread;
import dev.tidings.stream.Streams;
import dev.tidings.testing.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadChecksTest {

    private final Streams streams = new Streams(1, Duration.ofSeconds(15), Clock.systemUTC(), System::nanoTime);
    private Duration delivering = Duration.ZERO;
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void threadsThatWorkAreWell() {
        Health health = health();
        assertThat(health.dead()).isNull();
        assertThat(health.notReady()).isNull();
        assertThat(ThreadChecks.vital(streams, List.of()))
                .extracting(HealthCheck::name)
                .containsExactly("timer", "tidings-writer-1", "tidings-replay", "tidings-timer");
    }

    @Test
    void threadThatIsStuckIsNamedAndTheStreamsAreEnded() {
        var release = new CountDownLatch(1);
        try (var stuck = new WorkerThread("tidings-test", Duration.ofMillis(1), () -> {
                    release.await();
                    return WorkerThread.IDLE;
                })
                .start()) {
            Health health = health(stuck);
            try {
                Eventually.holds("it is found", () -> health.dead() != null);
                assertThat(health.notReady()).startsWith("the thread tidings-test has been at one piece of work for");
                assertThat(ended.get()).isPositive();
            } finally {
                release.countDown();
            }
        }
    }

    @Test
    void deliveryThatIsBehindIsToldAndEndsNothing() {
        Health health = health();
        delivering = Duration.ofSeconds(5);
        assertThat(health.notReady()).isNull();
        delivering = Duration.ofMillis(7_100);
        assertThat(health.notReady()).isEqualTo("events have been on their way to the streams for 7 s");
        assertThat(health.dead()).isNull();
        assertThat(ended.get()).isZero();
    }

    private Health health(WorkerThread... others) {
        return new Health(
                ThreadChecks.vital(streams, List.of(others)),
                ThreadChecks.needed(streams, () -> delivering),
                List.of(),
                ended::incrementAndGet);
    }
}
