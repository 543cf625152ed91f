package dev.tidings.http;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a stream's response is in its life, and the one table of where it may go from there.
 *
 * <p>Whether it is replaying or live is not said here: that is its subscriber's business, which knows it from places of
 * the log and not from a state ({@link dev.tidings.hub.Subscriber#replaying}).
 */
enum StreamState {
    /** It may be written to. */
    OPEN,
    /** We ended it while the container still had bytes of it to write: the container's next call completes it. */
    CLOSING,
    /** Neither the stream, nor its response, nor its AsyncContext is touched again, but to complete it once. */
    CLOSED;

    StreamState to(StreamState next) {
        if (!successors().contains(next)) {
            throw new IllegalStateException(this + " does not lead to " + next);
        }
        return next;
    }

    private Set<StreamState> successors() {
        return switch (this) {
            case OPEN -> EnumSet.of(CLOSING, CLOSED);
            case CLOSING -> EnumSet.of(CLOSED);
            case CLOSED -> EnumSet.noneOf(StreamState.class);
        };
    }
}
