package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.FailureLog;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.OutcomeUnknownException;
import dev.tidings.hub.WorkerThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets publishers who come at the same time share one write: what came while the disk was busy goes to it
 * together.
 *
 * <p>Nobody is made to wait for company: a lone publisher's events are written at once. What waits is
 * bounded by the publishers, each of whom waits for its own answer, and one write by {@link #GROUP_BYTES}.
 *
 * <p>A disk that hangs lets few of them wait ({@link BoundedWait}), and each for a limited time. Whoever goes takes what was not
 * begun yet along, so that it is not written later; only of what is being written the outcome is unknown.
 *
 * <p><b>Threads.</b> Any thread may {@link #append}. The writer is called by one thread, this one's own, which
 * holds no lock meanwhile.
 */
final class GroupCommit implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

    /** How much text is written at once, in bytes, unless a single append has more. */
    private static final long GROUP_BYTES = 4L << 20;

    /** How long there has to be nothing to write before the writer may rest. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How much text may wait for a disk that does not answer, in bytes. */
    private static final long SLOW_BYTES = 16L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<PendingAppend> waiting = new ArrayDeque<>();
    private final GroupWriter writer;
    private final BoundedWait wait;
    private final WorkerThread thread = new WorkerThread("tidings-log", null, this::step);

    // The thread's own.

    /** What is being written: kept until each is answered, whatever fails meanwhile. */
    private final List<PendingAppend> group = new ArrayList<>();

    /** Why those of the group that are not answered yet are refused; null while they are written. */
    private @Nullable Throwable refusal;

    private long maintainedAt = System.nanoTime();

    /**
     * Begins to write.
     *
     * @param wait how publishers wait
     */
    GroupCommit(GroupWriter writer, BoundedWait wait) {
        this.writer = writer;
        this.wait = wait;
        thread.start();
    }

    /**
     * Has these written, and waits until they are.
     *
     * @throws LogUnavailableException if they are not, and will not be, or this is closed
     * @throws OutcomeUnknownException if it takes too long
     */
    List<Event> append(List<PublishRequest> requests) {
        var append = new PendingAppend(requests);
        boolean slow = busyFor().compareTo(BoundedWait.QUICK) > 0;
        add(append, slow);
        try {
            return wait.await(append.answer(), slow);
        } catch (CompletionException refused) {
            throw new LogUnavailableException("the log could not accept this", refused);
        } catch (TimeoutException late) {
            String unresponsive = unresponsive();
            if (withdraw(append)) {
                throw new LogUnavailableException(unresponsive + ", and nothing was accepted", late);
            }
            throw new OutcomeUnknownException(unresponsive, append.answer());
        }
    }

    /** For how long the disk has been at work on the same; nothing when it is at rest. */
    Duration busyFor() {
        return thread.busyFor();
    }

    private void add(PendingAppend append, boolean slow) {
        lock.lock();
        try {
            if (thread.isClosed() || !isWriting()) {
                throw new LogUnavailableException("the log is closed");
            }
            if (slow
                    && append.bytes()
                                    + waiting.stream().mapToLong(PendingAppend::bytes).sum()
                            > SLOW_BYTES) {
                throw new LogUnavailableException(unresponsive() + ", and there is no room for more that waits");
            }
            waiting.add(append);
        } finally {
            lock.unlock();
        }
        thread.wake();
    }

    /** Takes it back; false when it is being written, or was. */
    private boolean withdraw(PendingAppend append) {
        lock.lock();
        try {
            return waiting.remove(append);
        } finally {
            lock.unlock();
        }
    }

    private String unresponsive() {
        return "the disk has not answered for " + busyFor().toMillis() + " ms";
    }

    /** Whether there is somebody who writes. */
    boolean isWriting() {
        return thread.isAlive();
    }

    /** The thread that writes. */
    WorkerThread thread() {
        return thread;
    }

    /** Writes what waits, and stops the thread. */
    @Override
    public void close() {
        thread.close();
    }

    private long step() {
        if (group.isEmpty() && !take()) {
            return maintain();
        }
        if (refusal == null) {
            try {
                writer.write(group);
                group.clear();
            } catch (Throwable failure) {
                refusal = failure;
                FailureLog.error(LOG, "writing the log failed", failure);
            }
        }
        refuse();
        maintainedAt = System.nanoTime();
        return 0;
    }

    /** Refuses what was not answered. What cannot be refused now, since memory is short, stays in the group. */
    private void refuse() {
        Throwable reason = refusal;
        while (reason != null && !group.isEmpty()) {
            group.get(group.size() - 1).refuse(reason);
            group.remove(group.size() - 1);
        }
        refusal = null;
    }

    /** Has the writer do what can wait, when nothing came for a while. */
    private long maintain() {
        if (thread.isClosed()) {
            return WorkerThread.IDLE;
        }
        long left = maintainedAt + PAUSE_NANOS - System.nanoTime();
        if (left > 0) {
            return left;
        }
        maintainedAt = System.nanoTime();
        writer.maintain();
        // The writer may have waited for a lock, and missed that it was woken: the next step looks again.
        return 0;
    }

    /** Moves what is to be written next into the group; false when there is nothing. */
    private boolean take() {
        lock.lock();
        try {
            long bytes = 0;
            for (PendingAppend next = waiting.peek(); next != null; next = waiting.peek()) {
                bytes += next.bytes();
                if (!group.isEmpty() && bytes > GROUP_BYTES) {
                    break;
                }
                // It waits on until it is in the group, for which there may be no memory.
                group.add(next);
                waiting.remove();
            }
            return !group.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
