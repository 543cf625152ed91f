package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.hub.LogListener;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.WorkerThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log where events leave it for delivery: a thread hands what was accepted to the listener, in order. So a
 * publisher is answered before its events are fanned out.
 *
 * <p>The listener gets what was added while it worked as one batch. A batch at which it fails is not handed to it again.
 * While too many events wait, {@link #awaitRoom} holds publishers back until the listener has taken them. That is short, since
 * the listener waits for no socket, and it bounds memory whatever the rate and the size. Passing events are not held back.
 *
 * <p><b>Threads.</b> Any thread may call any method. The order of {@link #add} is the order of delivery, so a log adds inside
 * its own lock.
 */
public final class Tail implements AutoCloseable {

    /** How many events may wait for the listener before publishers are held back. */
    private static final int ROOM_EVENTS = 8_192;

    /** How many bytes of them, by {@link Event#size}. */
    private static final long ROOM_BYTES = 16L * 1024 * 1024;

    /** After so many events the thread shows that it moves. */
    private static final int STEP_EVENTS = 1_024;

    /** How long a publisher is held back at most. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final WorkerThread thread = new WorkerThread("tidings-delivery", WorkerThread.LONGEST_STEP, this::step);
    private ArrayList<Event> waiting = new ArrayList<>();
    private LogListener listener = events -> {};
    private long waitingBytes;

    /** For how many events there has to be room besides, since {@link #addReserved} is about to come. */
    private int reserved;

    private boolean closed;

    // Used by the thread alone.
    private List<Event> batch = List.of();
    private int handed;

    /** Begins to hand events over. */
    public void start(LogListener listener) {
        this.listener = listener;
        thread.start();
    }

    /**
     * Waits until there is room for another event. Called without the log's lock.
     *
     * @throws LogUnavailableException if there is none for a long time, or if this is closed
     */
    public void awaitRoom() {
        lock.lock();
        try {
            long left = PATIENCE_NANOS;
            while (!closed && left > 0 && (waiting.size() >= ROOM_EVENTS || waitingBytes >= ROOM_BYTES)) {
                left = taken.awaitNanos(left);
            }
            if (closed || left <= 0) {
                throw new LogUnavailableException(closed ? "the log is closed" : "delivery does not keep up");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("interrupted while waiting for delivery", interrupted);
        } finally {
            lock.unlock();
        }
    }

    /** Why events that are added will not be delivered, as a sentence; null if they will. */
    public @Nullable String fault() {
        return thread.isAlive() ? null : "events are not delivered: the thread " + thread.name() + " does not run";
    }

    /** The thread that delivers. */
    public WorkerThread thread() {
        return thread;
    }

    /**
     * Makes room, so that the next {@link #addReserved} cannot fail: by then the events are accepted elsewhere, and it is
     * too late to fail. One thread does this. Another call takes the place of the one before.
     */
    void reserve(int events) {
        lock.lock();
        try {
            waiting.ensureCapacity(waiting.size() + events);
            reserved = events;
        } finally {
            lock.unlock();
        }
    }

    /** Adds events, as many as were reserved at most. */
    void addReserved(List<Event> events) {
        lock.lock();
        try {
            reserved = 0;
            append(events);
        } finally {
            lock.unlock();
        }
        thread.wake();
    }

    /** Adds all of these events. If it fails it adds none. */
    public void add(List<Event> events) {
        lock.lock();
        try {
            waiting.ensureCapacity(waiting.size() + events.size() + reserved);
            append(events);
        } finally {
            lock.unlock();
        }
        thread.wake();
    }

    private void append(List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            waiting.add(event);
            waitingBytes += event.size();
        }
    }

    /** Stops the thread. Events that wait are not delivered any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            taken.signalAll();
        } finally {
            lock.unlock();
        }
        thread.close();
    }

    private long step() {
        if (handed == batch.size()) {
            take();
        }
        if (batch.isEmpty()) {
            return WorkerThread.IDLE;
        }
        int from = handed;
        handed = Math.min(batch.size(), from + STEP_EVENTS);
        listener.accepted(from == 0 && handed == batch.size() ? batch : batch.subList(from, handed));
        return 0;
    }

    /** Takes the next batch, which is empty if nothing waits, or this is closed. */
    private void take() {
        batch = List.of();
        handed = 0;
        lock.lock();
        try {
            if (waiting.isEmpty() || closed) {
                return;
            }
            // First, so that the events go on waiting if there is no memory for the new list.
            var next = new ArrayList<Event>(reserved);
            batch = waiting;
            waiting = next;
            waitingBytes = 0;
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
