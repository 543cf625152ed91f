package dev.tidings.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Does something again and again, with a pause after each time, from its start until it is closed.
 *
 * <p><b>Threads.</b> One of its own. Whoever closes it waits for the step that is under way.
 */
final class Repeating implements AutoCloseable {

    private final Thread thread;
    private final Runnable step;
    private final long pauseNanos;
    private volatile boolean closed;

    Repeating(String name, Duration pause, Runnable step) {
        this.thread = new Thread(this::run, name);
        this.step = step;
        this.pauseNanos = pause.toNanos();
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
            step.run();
            LockSupport.parkNanos(pauseNanos);
        }
    }
}
