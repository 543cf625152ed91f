package dev.tidings.ws;

import java.time.Duration;

/**
 * Tracks when a peer last gave a sign of life. It decides when to ping the peer and when to give it up.
 *
 * <p>Whatever comes from a peer is a sign of life: a pong, a frame, or that it has made room for a send that had to
 * wait for it. A peer is pinged after each heartbeat without one, also while it is being written to: what the kernel
 * takes, the peer may not read. After three heartbeats it is silent.
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

    /** Whether the peer has given no sign of life for three heartbeats. */
    boolean overdue(long now) {
        return now - activeAt >= HEARTBEATS * heartbeatNanos;
    }

    /** Whether the peer was pinged since its last sign of life, and has had time to answer. */
    boolean leftUnanswered(long now) {
        return pingedAt - activeAt > 0 && isLong(now - pingedAt);
    }

    /** Whether that time is enough for a living peer to answer a ping, or to take a frame. */
    boolean isLong(long nanos) {
        return nanos >= heartbeatNanos;
    }
}
