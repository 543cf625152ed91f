package dev.tidings.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A thread that writes to the streams that have something to write, one after the other.
 *
 * <p>While it is busy, events gather in the outboxes; when a stream's turn comes, one write carries
 * them all. That is what makes bursts cheap.
 *
 * <p><b>Threads.</b> Any thread may call {@link #enqueue}; it does not block.
 */
final class StreamWriter implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StreamWriter.class.getName());

    /** A stream that is left alone until then, by {@link System#nanoTime}. */
    private record Resting(OpenStream stream, long until) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;

    // Guarded by the lock.
    private List<OpenStream> ready = new ArrayList<>();
    private boolean closed;

    /** In the order of their ends, since all rest for the same time. The thread's own. */
    private final Queue<Resting> resting = new ArrayDeque<>();

    StreamWriter(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    void enqueue(OpenStream stream) {
        lock.lock();
        try {
            ready.add(stream);
            if (ready.size() == 1) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes to the streams that wait now, or when they have rested, and stops. */
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
        for (List<OpenStream> batch = take(); batch != null; batch = take()) {
            batch.forEach(this::turn);
            // While this thread waits for the next batch it must not keep the streams of the last one alive.
            batch.clear();
            while (rested()) {
                turn(resting.remove().stream());
            }
        }
    }

    private void turn(OpenStream stream) {
        try {
            long until = stream.turn();
            if (until != 0) {
                resting.add(new Resting(stream, until));
            }
        } catch (Throwable failure) {
            LOG.log(System.Logger.Level.ERROR, "a stream could not be written", failure);
        }
    }

    /** The streams that wait; none of them when one has rested enough; null when closed and all is done. */
    private @Nullable List<OpenStream> take() {
        lock.lock();
        try {
            while (ready.isEmpty() && !rested() && !(closed && resting.isEmpty())) {
                changed.awaitNanos(untilRested());
            }
            List<OpenStream> batch = ready;
            ready = new ArrayList<>();
            return batch.isEmpty() && closed && resting.isEmpty() ? null : batch;
        } catch (InterruptedException foreign) {
            // Nobody who knows this thread interrupts it, since that would close the socket it writes to.
            return new ArrayList<>();
        } finally {
            lock.unlock();
        }
    }

    private boolean rested() {
        return untilRested() <= 0;
    }

    private long untilRested() {
        Resting first = resting.peek();
        return first == null ? Long.MAX_VALUE : first.until() - System.nanoTime();
    }
}
