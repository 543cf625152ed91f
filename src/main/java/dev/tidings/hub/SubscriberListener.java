package dev.tidings.hub;

/**
 * Hears of every client of this node as it comes and goes.
 *
 * <p><b>Threads.</b> Any, holding the hub's lock, so that the order heard is the order in which the
 * registry changed: an implementation must not wait, nor call back into the hub other than to
 * {@link Hub#pass}.
 */
public interface SubscriberListener {

    /** It is in the registry from now on. */
    void connected(Client client);

    /**
     * What it asked for, or may have, is another from now on. Its selectors of {@code before} that it has no more have
     * ended, and those that are new have begun.
     */
    default void changed(Client client, Client before) {
        // For most, only who comes and goes matters.
    }

    /** It is not in the registry any more. Called once for each that connected, after that. */
    void disconnected(Client client, DisconnectReason reason);
}
