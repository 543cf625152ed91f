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
 * <p>A relay that lost its lease while it was at work waits twice as long before it takes one again, up to {@link #LONGEST}, until it
 * gets on, or sees that another does and is quick. Where the database takes longer than the lease to answer, two relays would otherwise take it from each
 * other for ever.
 *
 * <p><b>Threads.</b> One, but any may ask whether it {@link #isHeld}.
 */
final class Lease {

    /** How long a holder may be silent. */
    static final Duration LENGTH = Duration.ofSeconds(5);

    /** The same where a database is slow: longer than two statements may take. */
    static final Duration LONGEST = LENGTH.multipliedBy(5);

    /** How often a holder that has nothing to do shows that it is there. */
    static final Duration RENEWAL = Duration.ofSeconds(1);

    private static final long NONE = -1;

    /** After so many changes in a row, none of them late, the database counts as quick. */
    private static final int QUICK = 4;

    private final String holder;
    private final LongSupplier nanoTime;

    /** The counter while the lease is held. */
    private volatile long counter = NONE;

    private long changedAt;
    private Duration patience = LENGTH;

    /** How many changes of another were seen in a row that were not late. */
    private int quick;

    private @Nullable LeaseRow seen;

    /** Whether that one took the place of another that this relay has seen. */
    private boolean changes;

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

    /** This relay begins to look at the lease. */
    void look() {
        if (nanoTime.getAsLong() - lookedAt > LENGTH.toNanos()) {
            seen = null;
        }
    }

    /** Whether this relay may take the lease that it has seen now. */
    boolean mayTake(LeaseRow row) {
        long now = nanoTime.getAsLong();
        if (seen == null || seen.counter() != row.counter() || !Objects.equals(seen.holder(), row.holder())) {
            boolean isLate = seen == null || now - seenAt > LENGTH.toNanos() / 2;
            quick = isLate ? 0 : quick + 1;
            if (quick >= QUICK) {
                patience = LENGTH;
            }
            changes = seen != null;
            seen = row;
            seenAt = now;
        }
        lookedAt = now;
        return row.holder() == null || isOwn(row) || now - seenAt > patience.toNanos();
    }

    /** Whether somebody relays: this relay, or another that was seen to change the lease. */
    boolean isAlive() {
        return isHeld() || changes;
    }

    /** Whether this relay has the lease that it has seen now, or had it and lost sight of it. */
    boolean isOwn(LeaseRow row) {
        return holder.equals(row.holder());
    }

    /** The lease as this relay would have it next, with this batch. */
    LeaseRow next(long after, @Nullable String batch) {
        return new LeaseRow(after + 1, holder, batch);
    }

    /** The lease as it is when this relay leaves it. */
    LeaseRow left(@Nullable String batch) {
        return new LeaseRow(counter + 1, null, batch);
    }

    /** The lease is this now. */
    void hold(LeaseRow changed) {
        counter = changed.counter();
        changedAt = nanoTime.getAsLong();
        seen = null;
    }

    /** This relay gets on: nobody has taken the lease while it looked for rows. */
    void getOn() {
        patience = LENGTH;
    }

    /** Another has taken it. */
    void lose() {
        Duration longer = patience.multipliedBy(2);
        patience = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        forget();
    }

    /** Nobody knows who has it. */
    void forget() {
        counter = NONE;
        seen = null;
        changes = false;
    }
}
