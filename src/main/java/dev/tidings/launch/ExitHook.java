package dev.tidings.launch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done when Java exits, last things first. Java itself would begin all of it at once.
 *
 * <p><b>Threads.</b> Any.
 */
final class ExitHook {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private volatile boolean begun;

    ExitHook() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::run, "tidings-exit"));
    }

    /** Has this done before all that was said earlier. */
    synchronized void stopping(Runnable task) {
        tasks.push(task);
    }

    /** Whether Java exits. */
    boolean hasBegun() {
        return begun;
    }

    private void run() {
        begun = true;
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                System.err.println("Tidings could not end properly: " + failure);
            }
        }
        ShutdownLogManager.release();
    }

    private synchronized @Nullable Runnable next() {
        return tasks.poll();
    }
}
