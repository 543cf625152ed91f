package dev.tidings.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until it is told to move.
 *
 * <p>With it a test says "twelve hours later" and means it, at once. Begins at noon of 2026-01-01, UTC. Its
 * {@link #nanoTime} goes forward with it; when the time of day is {@linkplain #set set}, or goes backwards, it stands.
 *
 * <p><b>Threads.</b> Any thread may read and move it; a move is seen by all at once.
 */
public final class ManualClock extends Clock {

    private final AtomicReference<Instant> now;
    private final AtomicLong nanos;
    private final ZoneId zone;

    /** A clock that stands at noon of 2026-01-01, UTC. */
    public ManualClock() {
        this(Instant.parse("2026-01-01T12:00:00Z"));
    }

    /** A clock that stands at {@code start}. */
    public ManualClock(Instant start) {
        this(new AtomicReference<>(start), new AtomicLong(), ZoneOffset.UTC);
    }

    private ManualClock(AtomicReference<Instant> now, AtomicLong nanos, ZoneId zone) {
        this.now = now;
        this.nanos = nanos;
        this.zone = Objects.requireNonNull(zone);
    }

    /** Moves the clock by {@code step}, backwards when it is negative, and returns the new time. */
    public Instant advance(Duration step) {
        nanos.addAndGet(Math.max(0, step.toNanos()));
        return now.updateAndGet(instant -> instant.plus(step));
    }

    /** How many nanoseconds it was moved forward since some time, as {@link System#nanoTime}. */
    public long nanoTime() {
        return nanos.get();
    }

    /** Sets the time of day, as an operator or NTP does: no time passes. */
    public void set(Instant instant) {
        now.set(Objects.requireNonNull(instant));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock in another zone: moving one moves the other. */
    @Override
    public ManualClock withZone(ZoneId other) {
        return new ManualClock(now, nanos, other);
    }

    @Override
    public String toString() {
        return "ManualClock[" + instant() + "]";
    }
}
