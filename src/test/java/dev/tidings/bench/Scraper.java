package dev.tidings.bench;

import dev.tidings.testing.Scrape;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the metrics of a hub once a second, once it is started.
 *
 * <p><b>Threads.</b> One of its own.
 */
final class Scraper implements AutoCloseable {

    private static final long PACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Target hub;
    private final Thread thread = new Thread(this::run, "scraper");
    private volatile boolean closed;

    Scraper(Target hub) {
        this.hub = hub;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
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
            Scrape.of(hub.uri());
            LockSupport.parkNanos(PACE_NANOS);
        }
    }
}
