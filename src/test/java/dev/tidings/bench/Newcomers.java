package dev.tidings.bench;

import dev.tidings.testing.Latencies;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens a stream twice a second, and leaves when it has begun: how long that takes.
 *
 * <p><b>Threads.</b> One of its own; any may ask.
 */
final class Newcomers implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Target hub;
    private final Latencies latencies = new Latencies();
    private final Repeating repeating = new Repeating("newcomers", PAUSE, this::come);
    private final AtomicInteger refused = new AtomicInteger();

    Newcomers(Target hub) {
        this.hub = hub;
        repeating.start();
    }

    /** From connecting to the head of the response. */
    Latencies latencies() {
        return latencies;
    }

    /** How many had another answer than 200, or none. */
    int refused() {
        return refused.get();
    }

    @Override
    public void close() {
        repeating.close();
    }

    private void come() {
        long began = System.nanoTime();
        try (var stream = hub.stream("newcomers").stall(BUFFER_BYTES)) {
            if (stream.head().status() == 200) {
                latencies.since(began);
            } else {
                refused.incrementAndGet();
            }
        } catch (UncheckedIOException unreachable) {
            refused.incrementAndGet();
        }
    }
}
