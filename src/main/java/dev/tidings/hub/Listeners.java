package dev.tidings.hub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Those who hear of every subscriber as it comes, changes and goes. One that has a fault harms neither the others nor the
 * subscriber.
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
        for (SubscriberListener listener : all) {
            try {
                listener.connected(subscriber);
            } catch (RuntimeException failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
            // Not of one that an error kept from hearing of it, for it might count down what it has not counted.
            subscriber.seat().told++;
        }
    }

    void changed(Subscriber subscriber, Subscription before) {
        for (SubscriberListener listener : all) {
            try {
                listener.changed(subscriber, before);
            } catch (Throwable failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
        }
    }

    /** Tells those that have heard that it came. */
    void disconnected(Subscriber subscriber, DisconnectReason reason) {
        Seat seat = subscriber.seat();
        for (int i = 0; i < seat.told; i++) {
            try {
                all.get(i).disconnected(subscriber, reason);
            } catch (Throwable failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
        }
    }
}
