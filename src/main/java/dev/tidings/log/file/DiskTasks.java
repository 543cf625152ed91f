package dev.tidings.log.file;

import dev.tidings.hub.FailureLog;
import dev.tidings.logging.Logs;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * What the thread that writes a log's file is to do beside writing events, in order.
 *
 * <p>The number of tasks is bounded by the threads that wait for them.
 *
 * <p><b>Threads.</b> Any thread adds and withdraws. The one that writes the file runs them.
 */
final class DiskTasks {

    private static final System.Logger LOG = Logs.of(DiskTasks.class);

    private final Queue<Task<?>> waiting = new ConcurrentLinkedQueue<>();

    /** One of them, which completes when it is done. */
    static final class Task<T> extends CompletableFuture<T> {

        private final Supplier<T> work;

        private Task(Supplier<T> work) {
            this.work = work;
        }

        private void run() {
            try {
                complete(work.get());
            } catch (RuntimeException refused) {
                completeExceptionally(refused);
            } catch (Throwable failure) {
                completeExceptionally(failure);
                FailureLog.error(LOG, "a change of the log's file failed", failure);
            }
        }
    }

    /** Adds a task. */
    <T> Task<T> add(Supplier<T> work) {
        var task = new Task<T>(work);
        waiting.add(task);
        return task;
    }

    /** Adds one whose end nobody waits for. */
    void enqueue(Runnable work) {
        waiting.add(new Task<>(() -> {
            work.run();
            return true;
        }));
    }

    /** Takes a task back. Returns false if it has begun. */
    boolean withdraw(Task<?> task) {
        return waiting.remove(task);
    }

    /** Runs the next tasks, so many at most. Returns whether there was any. */
    boolean run(int most) {
        int done = 0;
        for (Task<?> next = waiting.poll(); next != null; next = done < most ? waiting.poll() : null) {
            next.run();
            done++;
        }
        return done > 0;
    }

    /** Whether there is none that waits. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
