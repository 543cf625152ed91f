package dev.tidings.hub;

/**
 * One open stream, as the hub sees it: a subscriber's events go there.
 *
 * <p>The hub gives no events to a sink. It wakes the sink, which takes them from its {@link Subscriber} at the pace of its own
 * socket.
 *
 * <p><b>Threads.</b> Any, some of them holding the hub's lock. No method may block, call back into the hub, or touch a socket.
 */
public interface Sink {

    /**
     * Whether its peer is sent positions between events. Such a peer gets a fresh position before history passes its own. The
     * answer never changes. It is asked for when the subscriber is made.
     */
    default boolean sendsPositions() {
        return true;
    }

    /**
     * Whether its peer is a client that others may know of. The answer to one request is none. The answer never changes. It is
     * asked for when the subscriber is made.
     */
    default boolean isClient() {
        return true;
    }

    /** There may be something to take. */
    void wake();

    /** The subscriber has ended, for that reason. No event comes any more, and the stream has to close. Called once. */
    void end(DisconnectReason reason);
}
