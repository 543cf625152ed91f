package dev.tidings.hub;

/**
 * Where a subscriber's events go: one open stream, as the hub sees it.
 *
 * <p>The hub never gives a sink an event. It wakes it, and the sink takes what there is from its
 * {@link Subscriber}, at the pace of its own socket.
 *
 * <p><b>Threads.</b> Any, some of them holding the hub's lock: neither method may block, call back
 * into the hub, or touch a socket.
 */
public interface Sink {

    /**
     * Whether its peer hears of positions between events, and so is to hear of a fresh one before history has passed the
     * one that it knows. Always the same answer; asked when the subscriber is made.
     */
    default boolean hearsPositions() {
        return true;
    }

    /** There may be something to take. */
    void wake();

    /** The subscriber has ended, for that reason: nothing more will come, close the stream. Called once. */
    void end(DisconnectReason reason);
}
