package dev.tidings.relay;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this relay has the lease, and whether it may take it.
 *
 * <p>It counts by this process's own clock, that no time server sets. A lease of another may be taken when its counter has not
 * changed for {@link #LENGTH}. It counts as just changed if it is seen for the first time, or if this relay itself has not looked
 * for that long, as after a machine has slept.
 *
 * <p><b>Threads.</b> One, but any may ask whether it {@link #isHeld}.
 */
final class Lease {

    /** How long a holder may be silent. */
    static final Duration LENGTH = Duration.ofSeconds(5);

    /** How often a holder that has nothing to do shows that it is there. */
    static final Duration RENEWAL = Duration.ofSeconds(1);

    private static final long NONE = -1;

    private final String holder;
    private final LongSupplier nanoTime;

    /** The counter while the lease is held. */
    private volatile long counter = NONE;

    private long changedAt;

    private @Nullable LeaseRow seen;
    private long seenAt;
    private long lookedAt;

    /**
     * @param holder names this relay alone
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    Lease(String holder, LongSupplier nanoTime) {
        this.holder = holder;
        this.nanoTime = nanoTime;
    }

    /** Whether this relay has it, as far as it knows. */
    boolean isHeld() {
        return counter != NONE;
    }

    /** The counter of the lease that is held. */
    long counter() {
        return counter;
    }

    /** Whether a holder has to show that it is there. */
    boolean isDue() {
        return nanoTime.getAsLong() - changedAt >= RENEWAL.toNanos();
    }

    /** Whether this relay may take the lease that it sees now. */
    boolean mayTake(LeaseRow row) {
        long now = nanoTime.getAsLong();
        boolean same = seen != null && seen.counter() == row.counter() && Objects.equals(seen.holder(), row.holder());
        if (!same || now - lookedAt > LENGTH.toNanos()) {
            seen = row;
            seenAt = now;
        }
        lookedAt = now;
        return row.holder() == null || row.holder().equals(holder) || now - seenAt > LENGTH.toNanos();
    }

    /** The lease as this relay would have it next, with this batch. */
    LeaseRow next(long after, @Nullable String batch) {
        return new LeaseRow(after + 1, holder, batch);
    }

    /** The lease as it is when this relay leaves it. */
    LeaseRow left(@Nullable String batch) {
        return new LeaseRow(counter + 1, null, batch);
    }

    /** That was committed. */
    void hold(LeaseRow committed) {
        counter = committed.counter();
        changedAt = nanoTime.getAsLong();
        seen = null;
    }

    /** Another has it, or nobody knows. */
    void lose() {
        counter = NONE;
        seen = null;
    }
}
