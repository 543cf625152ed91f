package dev.tidings.http.stream;

/**
 * Where a stream's response is in its life, in the order in which it goes: from each to any that comes later.
 *
 * <p>Whether it is replaying or live is not said here: that is its subscriber's business
 * ({@link dev.tidings.hub.SubscriberState}).
 */
enum StreamState {
    /** It may be written to. */
    OPEN,
    /** We ended it while the container still had bytes of it to write: the container's next call completes it. */
    CLOSING,
    /** Neither the stream, nor its response, nor its AsyncContext is touched again, but to complete it once. */
    CLOSED;

    StreamState to(StreamState next) {
        if (next.compareTo(this) <= 0) {
            throw new IllegalStateException(this + " does not lead to " + next);
        }
        return next;
    }
}
