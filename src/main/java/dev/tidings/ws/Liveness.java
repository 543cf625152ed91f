package dev.tidings.ws;

import java.time.Duration;

/**
 * When a peer was last heard of, and so when to ping it and when to give it up.
 *
 * <p>Whatever comes from a peer is a sign of life: a pong, a frame, or that it has made room for a send that had to
 * wait for it. A peer is pinged after each heartbeat without one, whether it is being written to or not, since what the
 * kernel takes nobody may read; and it is silent after three.
 *
 * <p>The times it is told are those of a clock that only goes forward, as {@link System#nanoTime}.
 *
 * <p><b>Threads.</b> Any.
 */
final class Liveness {

    private static final int HEARTBEATS = 3;

    private final long heartbeatNanos;
    private volatile long activeAt;
    private volatile long pingedAt;

    Liveness(Duration heartbeat, long now) {
        this.heartbeatNanos = heartbeat.toNanos();
        this.activeAt = now;
        this.pingedAt = now;
    }

    void active(long now) {
        activeAt = now;
    }

    void pinged(long now) {
        pingedAt = now;
    }

    boolean needsPing(long now) {
        return now - activeAt >= heartbeatNanos && now - pingedAt >= heartbeatNanos;
    }

    /** Whether it has said nothing for so long that it should have. */
    boolean overdue(long now) {
        return now - activeAt >= HEARTBEATS * heartbeatNanos;
    }

    /** Whether it was pinged since, and has had time to answer. */
    boolean leftUnanswered(long now) {
        return pingedAt - activeAt > 0 && isLong(now - pingedAt);
    }

    /** Whether that is enough for any peer that is there to answer a ping, or to take what was sent. */
    boolean isLong(long nanos) {
        return nanos >= heartbeatNanos;
    }
}
