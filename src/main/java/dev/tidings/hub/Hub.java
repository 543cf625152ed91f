package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes what publishers say to the log, and what the log accepted to the subscribers.
 *
 * <p>One road: {@link #publish} returns when the log has accepted the events; the log then hands them
 * back in its order and they are offered to the outboxes. Nothing is delivered any other way.
 *
 * <p><b>Threads.</b> Any. One lock guards who is subscribed and the place that delivery has reached,
 * so that joining and delivering are in one order; it is held for one event at a time, and the only
 * locks taken inside it are those of single subscribers. It is never held while a log or a socket is
 * waited for.
 */
public final class Hub {

    /** After so many events it is looked up whose position has become stale. Divides {@link Subscriber#FRESHNESS}. */
    static final int FRESHNESS_STEP = 100;

    private final Object lock = new Object();
    private final EventLog log;
    private final int outboxEvents;
    private final long outboxBytes;
    private final TopicIndex index = new TopicIndex();
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private long turn;
    private volatile long delivered;

    /**
     * Begins to deliver what this log accepts from now on.
     *
     * @param outboxEvents the most events that wait for one subscriber
     * @param outboxBytes the most bytes that wait for one subscriber, by {@link Event#size}
     */
    public Hub(EventLog log, int outboxEvents, long outboxBytes) {
        this.log = log;
        this.outboxEvents = outboxEvents;
        this.outboxBytes = outboxBytes;
        this.delivered = log.end().place();
        log.follow(this::deliver);
    }

    /**
     * Publishes events as one unit; when this returns the log has accepted them all.
     *
     * @see EventLog#append
     */
    public List<Event> publish(List<PublishRequest> requests) {
        return log.append(requests);
    }

    /**
     * Opens a subscriber. It has its place in the log's order when this returns: whatever is published
     * from then on is for it.
     */
    public Subscriber subscribe(Subscription subscription, Sink sink) {
        Start start = Start.of(subscription.lastEventId(), log);
        var subscriber = new Subscriber(this, log, subscription, start, sink, new Outbox(outboxEvents, outboxBytes));
        synchronized (lock) {
            subscriber.join(delivered);
            index.add(subscriber);
            subscribers.add(subscriber);
        }
        return subscriber;
    }

    /** How many are subscribed now. */
    public int subscribers() {
        synchronized (lock) {
            return subscribers.size();
        }
    }

    /** Whether events can be published now. */
    public boolean ready() {
        return log.writable();
    }

    /** Ends every subscriber, for that reason. */
    public void endAll(DisconnectReason reason) {
        List<Subscriber> all;
        synchronized (lock) {
            all = List.copyOf(subscribers);
        }
        all.forEach(subscriber -> subscriber.end(reason));
    }

    /** The place up to which everything has been offered. */
    long delivered() {
        return delivered;
    }

    void join(Subscriber subscriber) {
        synchronized (lock) {
            subscriber.join(delivered);
        }
    }

    void leave(Subscriber subscriber) {
        synchronized (lock) {
            if (subscribers.remove(subscriber)) {
                index.remove(subscriber);
            }
        }
    }

    private void deliver(List<Event> events) {
        for (Event event : events) {
            synchronized (lock) {
                index.offer(event, ++turn);
                delivered = event.place();
                if (!event.passing() && event.place() % FRESHNESS_STEP == 0) {
                    subscribers.forEach(Subscriber::wakeIfStale);
                }
            }
        }
    }
}
