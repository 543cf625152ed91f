package dev.tidings.hub;

/**
 * Is told of every client of this node as it comes, changes and goes.
 *
 * <p><b>Threads.</b> Any, holding the hub's lock, so that calls come in the order in which the registry changed. An
 * implementation must not wait, and may call no method of the hub but {@link Hub#pass}.
 */
public interface SubscriberListener {

    /** A client is in the registry from now on; or it still is, although other nodes have told that it is lost. */
    void connected(Client client);

    /**
     * A client asks for other topics, or has another grant, from now on. The selectors that only {@code before} has have ended,
     * and those that only {@code client} has have begun.
     */
    default void changed(Client client, Client before) {
        // Most listeners need only know which clients come and go.
    }

    /**
     * A client is not in the registry any more. Called once for each that connected, after that; and for each client of another
     * node that is gone, with the reason {@link DisconnectReason#LOST}.
     */
    void disconnected(Client client, DisconnectReason reason);
}
