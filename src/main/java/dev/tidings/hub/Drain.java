package dev.tidings.hub;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends the streams of this node gently, before it stops: none is admitted any more, and those that are open end in waves, spread over
 * some time. So their clients do not come to the other nodes all at once. Publishing goes on.
 *
 * <p>It never ends: a node that has begun to drain is not ready until it is started again. Whoever stops the node holds the stop
 * up until the last stream has ended ({@link #finish}).
 *
 * <p><b>Threads.</b> Any. One thread of its own ends the streams, once it has begun. Only {@link #finish} and {@link #close} wait.
 */
public final class Drain implements AutoCloseable {

    /** How long after a wave the next one comes. */
    private static final Duration WAVE = Duration.ofMillis(100);

    /** How much longer than the waves a stop is held up at most. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final LocalClients clients;
    private final Duration length;
    private final LongSupplier nanoTime;
    private final WorkerThread thread = new WorkerThread("tidings-drain", WorkerThread.LONGEST_STEP, this::step);

    private final CountDownLatch over = new CountDownLatch(1);

    /** When it began. Written before the thread starts. */
    private long since;

    private volatile boolean begun;

    // Used by the thread alone.
    private final Deque<String> waiting = new ArrayDeque<>();
    private int all;
    private int ended;
    private boolean looked;

    Drain(LocalClients clients, Duration length, LongSupplier nanoTime) {
        this.clients = clients;
        this.length = length;
        this.nanoTime = nanoTime;
    }

    /** Begins, unless it has. */
    public synchronized void begin() {
        if (!begun) {
            since = nanoTime.getAsLong();
            begun = true;
            thread.start();
        }
    }

    /** Whether it has begun. */
    public boolean hasBegun() {
        return begun;
    }

    /**
     * Begins, unless it has, and waits until the last stream has ended: not at all if none is open, and a second longer than the
     * waves take at most. An interrupt ends the wait.
     */
    public void finish() {
        begin();
        long left = length.plus(GRACE).toNanos() - (nanoTime.getAsLong() - since);
        try {
            over.await(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops ending streams. Nobody waits for it any more, and none is admitted: a stream that came now would be ended by nobody, and
     * its client would wait for ever.
     */
    @Override
    public void close() {
        boolean wasBegun;
        synchronized (this) {
            wasBegun = begun;
            begun = true;
        }
        if (wasBegun) {
            thread.close();
        }
        over.countDown();
    }

    private long step() {
        if (thread.isClosed()) {
            return WorkerThread.IDLE;
        }
        if (!looked) {
            // Whoever was being admitted when it began comes a moment later, and is found at the end.
            clients.ids().forEach(waiting::add);
            all = waiting.size();
            looked = true;
        }
        if (clients.isEmpty()) {
            waiting.clear();
        }
        long due = due();
        while (ended < due && !waiting.isEmpty()) {
            clients.end(waiting.remove(), DisconnectReason.DRAINED);
            ended++;
        }
        if (waiting.isEmpty()) {
            clients.endAll(DisconnectReason.DRAINED);
            if (clients.isEmpty()) {
                over.countDown();
                return WorkerThread.IDLE;
            }
        }
        return WAVE.toNanos();
    }

    /** How many streams should have ended by now. */
    private long due() {
        double part = length.isZero() ? 1 : (double) (nanoTime.getAsLong() - since) / length.toNanos();
        return part >= 1 ? all : (long) Math.ceil(all * part);
    }
}
