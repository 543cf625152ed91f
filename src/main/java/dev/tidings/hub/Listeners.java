package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.logging.Logs;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The listeners, which are told of every client as it comes, changes and goes. A listener that fails harms neither the others
 * nor the client.
 *
 * <p><b>Threads.</b> Any thread may add one. The hub guards the rest.
 */
final class Listeners {

    private static final System.Logger LOG = Logs.of(Listeners.class);

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
                FailureLog.error(LOG, "the hub could not report that a client came or went", failure);
            }
            // A listener that an error kept from hearing of it is not counted: it might count down what it never
            // counted up.
            subscriber.listenersTold++;
        }
    }

    /**
     * Tells that a subscriber has changed since it was announced.
     *
     * @param now its new snapshot, made before the change, so that lack of memory makes the change fail before it has happened
     */
    void changed(Subscriber subscriber, Client now) {
        Client before = requireNonNull(subscriber.announced);
        subscriber.announced = now;
        for (SubscriberListener listener : all) {
            try {
                listener.changed(now, before);
            } catch (Throwable failure) {
                FailureLog.error(LOG, "the hub could not report that a client came or went", failure);
            }
        }
    }

    /** Tells that somebody reads once. */
    void read(Subscriber reader) {
        Client client = reader.client();
        tell(listener -> listener.read(client));
    }

    /** Tells that a client of another node is gone with its node. */
    void lost(Client client) {
        tell(listener -> listener.lost(client));
    }

    /** Tells that a client is here still, although other nodes have told that it is lost. */
    void back(Client client) {
        tell(listener -> listener.back(client));
    }

    private void tell(Consumer<SubscriberListener> news) {
        for (SubscriberListener listener : all) {
            try {
                news.accept(listener);
            } catch (RuntimeException failure) {
                FailureLog.error(LOG, "the hub could not report that a client came or went", failure);
            }
        }
    }

    /** Tells the listeners that heard of its coming, also if there is no memory to make its last snapshot. */
    void disconnected(Subscriber subscriber, DisconnectReason reason) {
        Client client = last(subscriber);
        for (int i = 0; client != null && i < subscriber.listenersTold; i++) {
            try {
                all.get(i).disconnected(client, reason);
            } catch (Throwable failure) {
                FailureLog.error(LOG, "the hub could not report that a client came or went", failure);
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
