package dev.tidings.hub;

/**
 * Hears of every subscriber as it comes and goes.
 *
 * <p><b>Threads.</b> Any, holding the hub's lock, so that the order heard is the order in which the
 * registry changed: an implementation must not wait, nor call back into the hub other than to
 * {@link Hub#pass}.
 */
public interface SubscriberListener {

    /** It is in the registry from now on. */
    void connected(Subscriber subscriber);

    /** It is not in the registry any more. Called once for each that connected, after that. */
    void disconnected(Subscriber subscriber, DisconnectReason reason);
}
