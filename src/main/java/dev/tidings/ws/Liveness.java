package dev.tidings.ws;

import java.time.Duration;
import java.time.Instant;

/**
 * When a peer was last heard of, and so when to ping it and when to give it up.
 *
 * <p>Whatever comes from a peer is a sign of life: a pong, a frame, or that it has made room for a send that had to
 * wait for it. A peer is pinged after each heartbeat without one, whether it is being written to or not, since what the
 * kernel takes nobody may read; and it is silent after three.
 *
 * <p><b>Threads.</b> Any.
 */
final class Liveness {

    private static final int HEARTBEATS = 3;

    private final Duration heartbeat;
    private volatile Instant heard;
    private volatile Instant pinged;

    Liveness(Duration heartbeat, Instant now) {
        this.heartbeat = heartbeat;
        this.heard = now;
        this.pinged = now;
    }

    void heard(Instant now) {
        heard = now;
    }

    void pinged(Instant now) {
        pinged = now;
    }

    boolean needsPing(Instant now) {
        return !now.isBefore(heard.plus(heartbeat)) && !now.isBefore(pinged.plus(heartbeat));
    }

    /** Whether it has said nothing for so long that it should have. */
    boolean overdue(Instant now) {
        return !now.isBefore(heard.plus(heartbeat.multipliedBy(HEARTBEATS)));
    }

    /** Whether it was pinged since, and has had time to answer. */
    boolean leftUnanswered(Instant now) {
        return pinged.isAfter(heard) && !now.isBefore(pinged.plus(heartbeat));
    }
}
