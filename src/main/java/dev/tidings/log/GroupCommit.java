package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.LogUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets publishers who come at the same time share one write: what came while the disk was busy goes to it
 * together.
 *
 * <p>Nobody is made to wait for company: a lone publisher's events are written at once. What waits is
 * bounded by the publishers, each of whom waits for its own answer, and one write by {@link #GROUP_BYTES}.
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

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Append> waiting = new ArrayDeque<>();
    private final Writer writer;
    private final Thread thread = new Thread(this::run, "tidings-log");
    private boolean closed;

    /** Writes what publishers wait for. */
    interface Writer {

        /** Writes these together, in their order, and answers or refuses each. */
        void write(List<Append> group);

        /** Called when nothing came for a while, and again as long as nothing comes. */
        void rest();
    }

    /** Begins to write. */
    GroupCommit(Writer writer) {
        this.writer = writer;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Has these written, and waits until they are.
     *
     * @throws LogUnavailableException if they are not, or this is closed
     */
    List<Event> append(List<PublishRequest> requests) {
        var append = new Append(requests);
        lock.lock();
        try {
            if (closed || !isWriting()) {
                throw new LogUnavailableException("the log is closed");
            }
            waiting.add(append);
            changed.signal();
        } finally {
            lock.unlock();
        }
        return append.await();
    }

    /** Whether there is somebody who writes. */
    boolean isWriting() {
        return thread.isAlive();
    }

    /** Writes what waits, and stops the thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (List<Append> group = take(); group != null; group = take()) {
            try {
                if (group.isEmpty()) {
                    writer.rest();
                } else {
                    writer.write(group);
                }
            } catch (Throwable failure) {
                LOG.log(System.Logger.Level.ERROR, "writing the log failed", failure);
                group.forEach(append -> append.refuse(failure));
            }
        }
    }

    /** What is to be written next; nothing after a pause, null at the end. */
    private @Nullable List<Append> take() {
        lock.lock();
        try {
            awaitWork();
            var group = new ArrayList<Append>();
            long bytes = 0;
            while (!waiting.isEmpty()
                    && (group.isEmpty() || bytes + waiting.element().bytes() <= GROUP_BYTES)) {
                Append next = waiting.remove();
                bytes += next.bytes();
                group.add(next);
            }
            return group.isEmpty() && closed ? null : group;
        } finally {
            lock.unlock();
        }
    }

    private void awaitWork() {
        try {
            long left = PAUSE_NANOS;
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException nobodyShould) {
            // It looks what there is to do, and goes on.
        }
    }
}
