package dev.tidings.relay;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a relay has done on this node, in numbers.
 *
 * <p><b>Threads.</b> Any.
 */
public final class RelayFigures {

    private final AtomicLong published = new AtomicLong();
    private final AtomicLong setAside = new AtomicLong();
    private final AtomicLong databaseErrors = new AtomicLong();
    private final AtomicLong logErrors = new AtomicLong();
    private final AtomicLong takeovers = new AtomicLong();
    private volatile long waiting;

    RelayFigures() {}

    /** How many rows were deleted since their events are in the log. */
    public long published() {
        return published.get();
    }

    /** How many rows were set aside. */
    public long setAside() {
        return setAside.get();
    }

    /** How often the database failed. */
    public long databaseErrors() {
        return databaseErrors.get();
    }

    /** How often the log could not accept a batch, or be asked for one. */
    public long logErrors() {
        return logErrors.get();
    }

    /** How often this node took the lease. */
    public long takeovers() {
        return takeovers.get();
    }

    /** How many rows wait, as this node counted them last, {@value OutboxTable#MOST_WAITING} at most; 0 if it does not relay. */
    public long waiting() {
        return waiting;
    }

    void addPublished(long rows) {
        published.addAndGet(rows);
    }

    void addSetAside(long rows) {
        setAside.addAndGet(rows);
    }

    void databaseFailed() {
        databaseErrors.incrementAndGet();
    }

    void logFailed() {
        logErrors.incrementAndGet();
    }

    void tookOver() {
        takeovers.incrementAndGet();
    }

    void setWaiting(long rows) {
        waiting = rows;
    }
}
