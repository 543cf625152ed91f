package dev.tidings.stream;

import dev.tidings.hub.BusyTime;
import dev.tidings.hub.FailureLog;
import dev.tidings.hub.WorkerThread;
import dev.tidings.logging.Logs;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A thread that writes to the streams that have something to write, one after the other.
 *
 * <p>While it is busy, events gather in the outboxes. When a stream's turn comes, one write carries them all. That makes bursts
 * cheap.
 *
 * <p>The streams that wait are linked to each other. So queueing one allocates nothing, and no stream is lost if a turn fails.
 *
 * <p><b>Threads.</b> Any thread may call any method. {@link #enqueue} does not block.
 */
public final class StreamWriter implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(StreamWriter.class);

    /** After so many streams the thread begins another step, which shows that it is not stuck. */
    private static final int STREAMS_PER_STEP = 16;

    private final WorkerThread thread;

    /** The stream that was queued last. Each leads to the one that was queued before it. */
    private final AtomicReference<@Nullable OpenStream> newest = new AtomicReference<>();

    /** Since when the streams that were taken wait to be written to. */
    private final BusyTime waiting = new BusyTime();

    // Used by the thread alone.

    /** The streams that were taken, in the order in which they were queued. */
    private @Nullable OpenStream batch;

    /** The streams that rest, in the order in which their rests end, since all rest for the same time. */
    private @Nullable OpenStream resting;

    private @Nullable OpenStream lastResting;

    StreamWriter(String name) {
        thread = new WorkerThread(name, WorkerThread.LONGEST_STEP, this::step);
    }

    void enqueue(OpenStream stream) {
        OpenStream before;
        do {
            before = newest.get();
            stream.next = before;
        } while (!newest.compareAndSet(before, stream));
        if (before == null) {
            thread.wake();
        }
    }

    /** The thread that writes. */
    WorkerThread thread() {
        return thread;
    }

    /** How long the oldest stream that waits has waited, at least. */
    Duration oldestWait() {
        return waiting.elapsed();
    }

    /** Writes to the streams that wait, or when they have rested, and stops. */
    @Override
    public void close() {
        thread.close();
    }

    private long step() {
        if (batch == null) {
            take();
        }
        for (int written = 0; batch != null && written < STREAMS_PER_STEP; written++) {
            OpenStream stream = batch;
            batch = stream.next;
            stream.next = null;
            write(stream);
        }
        for (OpenStream rested = rested(); rested != null; rested = rested()) {
            write(rested);
        }
        if (batch != null) {
            return 0;
        }
        waiting.end();
        return newest.get() == null ? untilRested() : 0;
    }

    private void write(OpenStream stream) {
        try {
            long until = stream.writePending();
            if (until != 0) {
                rest(stream, until);
            }
        } catch (Throwable failure) {
            FailureLog.error(LOG, "a stream could not be written", failure);
        }
    }

    /** Takes the streams that wait, and reverses their order. */
    private void take() {
        OpenStream stream = newest.getAndSet(null);
        if (stream != null) {
            waiting.begin();
        }
        while (stream != null) {
            OpenStream before = stream.next;
            stream.next = batch;
            batch = stream;
            stream = before;
        }
    }

    private void rest(OpenStream stream, long until) {
        stream.restEnd = until;
        if (lastResting == null) {
            resting = stream;
        } else {
            lastResting.next = stream;
        }
        lastResting = stream;
    }

    /** The next stream that has rested long enough, or null. */
    private @Nullable OpenStream rested() {
        OpenStream first = resting;
        if (first == null || untilRested() > 0) {
            return null;
        }
        resting = first.next;
        first.next = null;
        if (resting == null) {
            lastResting = null;
        }
        return first;
    }

    private long untilRested() {
        OpenStream first = resting;
        return first == null ? WorkerThread.IDLE : Math.max(0, first.restEnd - System.nanoTime());
    }
}
