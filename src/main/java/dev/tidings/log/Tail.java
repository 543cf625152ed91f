package dev.tidings.log;

import dev.tidings.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Hands what a log has accepted to its listener, in order, on a thread of its own, so that a publisher
 * is answered before its events are fanned out.
 *
 * <p>What was added while the listener worked goes to it as one batch. When too many wait,
 * {@link #awaitRoom} holds publishers back until the listener has taken them; the listener waits for no
 * socket, so that is short, and memory stays bounded whatever the rate. Passing events are not held
 * back.
 *
 * <p><b>Threads.</b> Any thread may call any method; the order of {@link #add} is the order of
 * delivery, so a log adds inside its own lock.
 */
final class Tail implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Tail.class.getName());

    /** How many events may wait for the listener before publishers are held back. */
    private static final int ROOM = 8_192;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private final Thread thread = new Thread(this::run, "tidings-delivery");
    private List<Event> waiting = new ArrayList<>();
    private Consumer<List<Event>> listener = events -> {};
    private boolean closed;

    /** Begins to hand events over. */
    void start(Consumer<List<Event>> listener) {
        this.listener = listener;
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until there is room for another event. Called without the log's lock. */
    void awaitRoom() {
        lock.lock();
        try {
            while (waiting.size() >= ROOM && !closed) {
                taken.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    void add(List<Event> events) {
        lock.lock();
        try {
            waiting.addAll(events);
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Stops the thread; what waits is not delivered any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            added.signal();
            taken.signalAll();
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
        for (List<Event> batch = take(); !batch.isEmpty(); batch = take()) {
            try {
                listener.accept(batch);
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.ERROR, "delivery failed", failure);
            }
        }
    }

    /** The next batch; empty when closed. */
    private List<Event> take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                added.awaitUninterruptibly();
            }
            if (closed) {
                return List.of();
            }
            List<Event> batch = waiting;
            waiting = new ArrayList<>();
            taken.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }
}
