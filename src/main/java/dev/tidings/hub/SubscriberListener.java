package dev.tidings.hub;

/**
 * Is told of every client of this node as it comes, changes and goes.
 *
 * <p><b>Threads.</b> Any, holding the hub's lock, so that calls come in the order in which the registry changed. An
 * implementation must not wait, and may call no method of the hub but {@link Hub#pass}.
 */
public interface SubscriberListener {

    /** A client is in the registry from now on. */
    void connected(Client client);

    /**
     * A client asks for other topics, or has another grant, from now on. The selectors that only {@code before} has have ended,
     * and those that only {@code client} has have begun.
     */
    default void changed(Client client, Client before) {
        // Most listeners need only know which clients come and go.
    }

    /** Somebody who is no client reads once. What they ask for is as that of a client; nobody is told when they have their answer. */
    default void read(Client reader) {
        // Most listeners need only know the clients.
    }

    /** A client of another node is gone, because its node is. It was never told of here. */
    default void lost(Client client) {
        // Most listeners need only know this node's clients.
    }

    /** A client of this node is here still, although other nodes have told that it is lost. */
    default void back(Client client) {
        // To most listeners it was never lost.
    }

    /** A client is not in the registry any more. Called once for each that connected, after that. */
    void disconnected(Client client, DisconnectReason reason);
}
