package dev.tidings.hub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Those who hear of every client as it comes, changes and goes. One that has a fault harms neither the others nor the
 * client.
 *
 * <p><b>Threads.</b> Any may add; the hub guards the rest.
 */
final class Listeners {

    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<SubscriberListener> all = new CopyOnWriteArrayList<>();

    void add(SubscriberListener listener) {
        all.add(listener);
    }

    void connected(Subscriber subscriber) {
        Client client = subscriber.client();
        for (SubscriberListener listener : all) {
            try {
                listener.connected(client);
            } catch (RuntimeException failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
            // Not of one that an error kept from hearing of it, for it might count down what it has not counted.
            subscriber.listenersTold++;
        }
    }

    void changed(Client client, Client before) {
        for (SubscriberListener listener : all) {
            try {
                listener.changed(client, before);
            } catch (Throwable failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
        }
    }

    /** Tells those that have heard that it came. */
    void disconnected(Subscriber subscriber, DisconnectReason reason) {
        Client client = subscriber.client();
        for (int i = 0; i < subscriber.listenersTold; i++) {
            try {
                all.get(i).disconnected(client, reason);
            } catch (Throwable failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
        }
    }
}
