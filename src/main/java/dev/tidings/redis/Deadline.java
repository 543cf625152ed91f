package dev.tidings.redis;

import java.time.Duration;

/**
 * The moment by which something has to be done.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class Deadline {

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Returns the time left, at least a millisecond: to sockets, none would be for ever. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, nanos - System.nanoTime()));
    }

    /** Returns the time left in milliseconds, at least one. */
    int millisLeft() {
        return Math.toIntExact(left().toMillis());
    }
}
