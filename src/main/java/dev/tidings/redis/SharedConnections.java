package dev.tidings.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A few connections, lent to any thread for short calls.
 *
 * <p>A connection is opened when one is needed and none is idle, up to a bound. Beyond it a thread waits, for a bounded
 * time. No call is repeated: whoever calls knows whether that would do harm. But a connection that was idle for a second is
 * asked first whether its server still takes writes, and is replaced if not. So a server's restart seldom fails a call.
 *
 * <p><b>Threads.</b> Any. {@link #with} blocks while it waits for a connection, connects, or calls. {@link #close} ends
 * the calls that wait for an answer, at once.
 */
public final class SharedConnections implements AutoCloseable {

    /** After so long the server may have restarted without our noticing. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Idle(RedisConnection connection, long sinceNanos) {}

    private final RedisServers servers;
    private final int most;
    private final Duration readTimeout;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Semaphore places;

    /** Guards the fields below. */
    private final Object lock = new Object();

    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Set<RedisConnection> lent = new HashSet<>();
    private boolean closed;

    /**
     * @param most how many there are at a time
     * @param readTimeout how long an answer may take
     * @param patience how long a thread waits for a connection while all are lent
     * @param nanoTime the time, as {@link System#nanoTime}
     */
    public SharedConnections(
            RedisServers servers, int most, Duration readTimeout, Duration patience, LongSupplier nanoTime) {
        this.servers = servers;
        this.most = most;
        this.readTimeout = readTimeout;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.places = new Semaphore(most, true);
    }

    /**
     * Lends a connection for the time of a call.
     *
     * @param use what is done with the connection; it must not keep it
     * @throws RedisUnavailableException if no connection could be had, if it failed, or if this is closed
     * @throws RedisRefusedException if the server refuses
     */
    public <T extends @Nullable Object> T with(Function<RedisConnection, T> use) {
        awaitPlace();
        try {
            RedisConnection connection = take();
            try {
                return use.apply(connection);
            } finally {
                giveBack(connection);
            }
        } finally {
            places.release();
        }
    }

    /** Closes all, also those that are lent. */
    @Override
    public void close() {
        List<RedisConnection> all;
        synchronized (lock) {
            closed = true;
            all = new ArrayList<>(lent);
            idle.forEach(one -> all.add(one.connection));
            idle.clear();
        }
        all.forEach(RedisConnection::close);
    }

    private void awaitPlace() {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new RedisUnavailableException("all " + most + " connections to " + servers + " are in use");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RedisUnavailableException(
                    "interrupted while waiting for a connection to " + servers, interrupted);
        }
    }

    private RedisConnection take() {
        for (Idle next = lendIdle(); next != null; next = lendIdle()) {
            if (isFit(next)) {
                return next.connection;
            }
            next.connection.close();
            giveBack(next.connection);
        }
        RedisConnection connection = servers.connect(readTimeout);
        if (!lend(connection)) {
            connection.close();
            throw isClosed();
        }
        return connection;
    }

    private boolean isFit(Idle idle) {
        if (!servers.isRight(idle.connection)) {
            return false;
        }
        if (nanoTime.getAsLong() - idle.sinceNanos < FRESH_NANOS) {
            return true;
        }
        try {
            return idle.connection.isPrimary();
        } catch (RedisUnavailableException | RedisRefusedException broken) {
            return false;
        }
    }

    private @Nullable Idle lendIdle() {
        synchronized (lock) {
            if (closed) {
                throw isClosed();
            }
            Idle next = idle.poll();
            if (next != null) {
                lent.add(next.connection);
            }
            return next;
        }
    }

    private boolean lend(RedisConnection connection) {
        synchronized (lock) {
            return !closed && lent.add(connection);
        }
    }

    /** If it broke, the idle ones go, too: most likely it was their server that went. */
    private void giveBack(RedisConnection connection) {
        var gone = new ArrayList<Idle>();
        synchronized (lock) {
            lent.remove(connection);
            if (connection.isOpen()) {
                idle.push(new Idle(connection, nanoTime.getAsLong()));
            } else {
                gone.addAll(idle);
                idle.clear();
            }
        }
        gone.forEach(one -> one.connection.close());
    }

    private RedisUnavailableException isClosed() {
        return new RedisUnavailableException("the connections to " + servers + " are closed");
    }
}
