package dev.tidings.app;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes the parts that were started, the last one first.
 *
 * <p>A part is added as soon as it has been started. If a later part cannot be started, closing stops all that run.
 * Each part is closed, whatever another one throws.
 *
 * <p><b>Threads.</b> One at a time. Closing waits for each part, and closing again does nothing.
 */
final class Closer implements AutoCloseable {

    private final Deque<Runnable> started = new ArrayDeque<>();

    /** Adds how a part is closed that was just started. */
    void add(Runnable close) {
        started.push(close);
    }

    @Override
    public void close() {
        Throwable failure = null;
        while (!started.isEmpty()) {
            try {
                started.pop().run();
            } catch (RuntimeException | Error another) {
                if (failure == null) {
                    failure = another;
                } else {
                    failure.addSuppressed(another);
                }
            }
        }
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
