package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

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
        subscriber.announced = client;
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

    /**
     * Tells that a subscriber is another client now than the one that was announced.
     *
     * @param now what it is; made before the change, which is to fail for lack of memory before it has happened
     */
    void changed(Subscriber subscriber, Client now) {
        Client before = requireNonNull(subscriber.announced);
        subscriber.announced = now;
        for (SubscriberListener listener : all) {
            try {
                listener.changed(now, before);
            } catch (Throwable failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
        }
    }

    /** Tells those that have heard that it came, also when there is no memory to say how it went. */
    void disconnected(Subscriber subscriber, DisconnectReason reason) {
        Client client = last(subscriber);
        for (int i = 0; client != null && i < subscriber.listenersTold; i++) {
            try {
                all.get(i).disconnected(client, reason);
            } catch (Throwable failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
        }
    }

    private static @Nullable Client last(Subscriber subscriber) {
        try {
            return subscriber.client();
        } catch (OutOfMemoryError shortage) {
            return subscriber.announced;
        }
    }
}
