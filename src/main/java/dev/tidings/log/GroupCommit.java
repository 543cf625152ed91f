package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.FailureLog;
import dev.tidings.hub.FencedException;
import dev.tidings.hub.KeyReusedException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Once;
import dev.tidings.hub.OutcomeUnknownException;
import dev.tidings.hub.WorkerThread;
import dev.tidings.logging.Logs;
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
 * Lets publishers who come at the same time share one write: appends that came while the store was busy, a disk or a server, are
 * written together.
 *
 * <p>No append waits for others to come: the events of a lone publisher are written at once. The number of appends that wait
 * is bounded by the publishers, each of which waits for its own answer. The size of one write is bounded by
 * {@link #GROUP_BYTES} and {@link #GROUP_EVENTS}.
 *
 * <p>While the store hangs, few publishers may wait ({@link BoundedWait}), each for a limited time. A publisher that gives up takes
 * its append back, so that it is not written later. Only of an append that is being written the outcome is unknown.
 *
 * <p><b>Threads.</b> Any thread may {@link #append}. This object's own thread calls the writer, and holds no lock meanwhile.
 */
public final class GroupCommit implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(GroupCommit.class);

    /** How much text is written at once, in bytes, unless a single append has more. */
    private static final long GROUP_BYTES = 4L << 20;

    /** How many events are written at once, unless a single append has more. Redis 6.2 takes a million words in a command. */
    private static final int GROUP_EVENTS = 50_000;

    /** How long there has to be nothing to write before the writer may do what can wait. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How much text may wait for a store that does not answer, in bytes. */
    private static final long SLOW_BYTES = 16L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<PendingAppend> waiting = new ArrayDeque<>();
    private final GroupWriter writer;
    private final BoundedWait wait;
    private final String store;
    private final WorkerThread thread = new WorkerThread("tidings-log", null, this::step);

    /** Whether the writer has something that should not wait. */
    private volatile boolean hurried;

    // Used by the thread alone.

    /** The appends that are being written. They stay here until each is answered, whatever fails meanwhile. */
    private final List<PendingAppend> group = new ArrayList<>();

    /** Why the appends of the group that are not answered yet are refused; null while they are written. */
    private @Nullable Throwable refusal;

    private long maintainAt = System.nanoTime() + PAUSE_NANOS;

    /**
     * Begins to write.
     *
     * @param store what is written to, as errors name it: "the disk"
     * @param wait how publishers wait
     */
    public GroupCommit(GroupWriter writer, String store, BoundedWait wait) {
        this.writer = writer;
        this.store = store;
        this.wait = wait;
        thread.start();
    }

    /**
     * Has events written, and waits until they are.
     *
     * @throws LogUnavailableException if they are not written and never will be, or if this is closed
     * @throws OutcomeUnknownException if it takes too long
     * @throws KeyReusedException if the writer refuses an append with it
     * @throws FencedException if the writer refuses an append with it
     */
    public List<Event> append(List<PublishRequest> requests, @Nullable Once once) {
        var append = new PendingAppend(requests, once);
        boolean slow = busyFor().compareTo(BoundedWait.QUICK) > 0;
        add(append, slow);
        try {
            return wait.await(append.answer(), slow);
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof KeyReusedException reused) {
                throw reused;
            }
            if (refused.getCause() instanceof FencedException fenced) {
                throw fenced;
            }
            throw new LogUnavailableException("the log could not accept this", refused);
        } catch (TimeoutException late) {
            String unresponsive = unresponsive();
            if (withdraw(append)) {
                throw new LogUnavailableException(unresponsive + ", and nothing was accepted", late);
            }
            throw new OutcomeUnknownException(unresponsive, append.answer());
        }
    }

    /** Has the writer do soon what could wait, unless it is about to write anyway. */
    public void hurry() {
        hurried = true;
        thread.wake();
    }

    /** For how long the thread has been at one write; zero between writes. */
    public Duration busyFor() {
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
                                    + waiting.stream()
                                            .mapToLong(PendingAppend::bytes)
                                            .sum()
                            > SLOW_BYTES) {
                throw new LogUnavailableException(unresponsive() + ", and there is no room for more that waits");
            }
            waiting.add(append);
        } finally {
            lock.unlock();
        }
        thread.wake();
    }

    /** Takes an append back. Returns false if it is being written, or was. */
    private boolean withdraw(PendingAppend append) {
        lock.lock();
        try {
            return waiting.remove(append);
        } finally {
            lock.unlock();
        }
    }

    private String unresponsive() {
        return store + " has not answered for " + busyFor().toMillis() + " ms";
    }

    /** Whether the thread that writes is alive. */
    public boolean isWriting() {
        return thread.isAlive();
    }

    /** The thread that writes. */
    public WorkerThread thread() {
        return thread;
    }

    /** Writes what waits, and stops the thread. Later appends are refused. */
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
        maintainAt = System.nanoTime() + PAUSE_NANOS;
        return 0;
    }

    /** Refuses what was not answered. An append that cannot be refused now for lack of memory stays in the group. */
    private void refuse() {
        Throwable reason = refusal;
        while (reason != null && !group.isEmpty()) {
            group.get(group.size() - 1).refuse(reason);
            group.remove(group.size() - 1);
        }
        refusal = null;
    }

    /** Lets the writer do what can wait, if no append came for a while. */
    private long maintain() {
        if (thread.isClosed()) {
            return WorkerThread.IDLE;
        }
        long left = maintainAt - System.nanoTime();
        if (left > 0 && !hurried) {
            return left;
        }
        hurried = false;
        // Also if it fails.
        maintainAt = System.nanoTime() + PAUSE_NANOS;
        maintainAt = System.nanoTime() + writer.maintain();
        // The writer may have waited for a lock, and missed that it was woken: the next step looks again.
        return 0;
    }

    /** Moves the appends that are written next into the group. Returns false if there are none. */
    private boolean take() {
        lock.lock();
        try {
            long bytes = 0;
            int events = 0;
            for (PendingAppend next = waiting.peek(); next != null; next = waiting.peek()) {
                bytes += next.bytes();
                events += next.requests().size();
                if (!group.isEmpty() && (bytes > GROUP_BYTES || events > GROUP_EVENTS)) {
                    break;
                }
                // Not removed first: there may be no memory to add it to the group.
                group.add(next);
                waiting.remove();
            }
            return !group.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
