package dev.tidings.bench;

import dev.tidings.testing.Latencies;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens a stream twice a second, and leaves when it has begun: how long that takes.
 *
 * <p><b>Threads.</b> One of its own; any may ask.
 */
final class Newcomers implements AutoCloseable {

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Target hub;
    private final Latencies latencies = new Latencies();
    private final Thread thread = new Thread(this::run, "newcomers");
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean closed;

    Newcomers(Target hub) {
        this.hub = hub;
        thread.setDaemon(true);
        thread.start();
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
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
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
            LockSupport.parkNanos(PACE_NANOS);
        }
    }
}
