package dev.tidings.hub;

import java.time.Duration;

/**
 * A {@link Limit} has no room for what a client asks for. Nothing was changed. The doors answer 503 if all clients together have
 * reached it, and 429 if it is the one client.
 */
public final class LimitReachedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Limit limit;
    private final String who;
    private final Duration retryAfter;

    /**
     * @param who whom it refuses, for the log
     * @param sentence what a person needs to know
     * @param retryAfter when there may be room, in whole seconds
     */
    LimitReachedException(Limit limit, String who, String sentence, Duration retryAfter) {
        super(sentence, null, false, false);
        this.limit = limit;
        this.who = who;
        this.retryAfter = retryAfter;
    }

    /** The limit that was reached. */
    public Limit limit() {
        return limit;
    }

    /** Whom it refuses, for the log. */
    String who() {
        return who;
    }

    /** When there may be room, in whole seconds. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
