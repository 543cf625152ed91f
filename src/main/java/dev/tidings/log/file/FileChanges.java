package dev.tidings.log.file;

import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.GroupCommit;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Has the thread that writes a log's file change something in it beside events, and waits until that is done.
 *
 * <p><b>Threads.</b> Any. They wait for a bounded time, as publishers do.
 */
final class FileChanges {

    private final DurableStore store;
    private final DiskTasks tasks;
    private final GroupCommit commits;
    private final BoundedWait wait;

    /**
     * @param tasks those of the thread that writes
     * @param commits runs that thread
     */
    FileChanges(DurableStore store, DiskTasks tasks, GroupCommit commits, BoundedWait wait) {
        this.store = store;
        this.tasks = tasks;
        this.commits = commits;
        this.wait = wait;
    }

    /** Has it do this when it is next free. Nobody waits for that, and a log that is closed meanwhile does it no more. */
    void later(Runnable work) {
        tasks.enqueue(work);
        commits.hurry();
    }

    /**
     * Has it do this.
     *
     * @throws LogUnavailableException if it cannot be done, or takes too long
     */
    <T> T run(Supplier<T> work) {
        store.requireWritable();
        if (!commits.isWriting()) {
            throw new LogUnavailableException("the log is closed");
        }
        boolean slow = commits.busyFor().compareTo(BoundedWait.QUICK) > 0;
        DiskTasks.Task<T> task = tasks.add(work);
        commits.hurry();
        try {
            return wait.await(task, slow);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new LogUnavailableException("the log's file could not be changed", failed);
        } catch (TimeoutException late) {
            boolean undone = tasks.withdraw(task);
            throw new LogUnavailableException(
                    "the disk has not answered, and " + (undone ? "nothing was changed" : "the change may come later"),
                    late);
        }
    }
}
