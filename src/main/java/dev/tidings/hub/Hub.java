package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.SelectorSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes what publishers say to the log, and what the log accepted to the subscribers.
 *
 * <p>One road: {@link #publish} returns when the log has accepted the events; the log then hands them
 * back in its order and they are offered to the outboxes. Nothing is delivered any other way.
 *
 * <p><b>Threads.</b> Any. One lock guards who is subscribed and the place that delivery has claimed,
 * so that joining and delivering are in one order ({@link Delivery}); it is not held while the subscribers of an event
 * are looked for, nor while it is offered to them. Inside it are taken the locks of single subscribers and, by
 * listeners, what a log's {@link EventLog#pass} and an executor need, which never wait. It is never held while a log or
 * a socket is waited for.
 */
public final class Hub {

    private final Object lock = new Object();
    private final EventLog log;
    private final int outboxEvents;
    private final long outboxBytes;
    private final Clock clock;
    private final Delivery delivery;
    private final TemplateLimit templates;
    private final ClientIds ids = new ClientIds();
    private final ClientRegistry clients = new ClientRegistry();
    private final Listeners listeners = new Listeners();
    private final Freshness freshness;
    private final Deliverer deliverer;

    /** The same with any number of templates. */
    public Hub(EventLog log, int outboxEvents, long outboxBytes, Clock clock) {
        this(log, outboxEvents, outboxBytes, 0, clock);
    }

    /**
     * Begins to deliver what this log accepts from now on.
     *
     * @param outboxEvents the most events that wait for one subscriber
     * @param outboxBytes the most bytes that wait for one subscriber, by {@link Event#size}
     * @param templates the most distinct templates that all subscribers may ask for together; 0 is any number
     * @param clock the time at which subscribers come
     */
    public Hub(EventLog log, int outboxEvents, long outboxBytes, int templates, Clock clock) {
        this.log = log;
        this.outboxEvents = outboxEvents;
        this.outboxBytes = outboxBytes;
        this.clock = clock;
        this.templates = new TemplateLimit(templates);
        this.delivery = new Delivery(lock, log.end().place());
        this.freshness = new Freshness(log, delivery.delivered());
        this.deliverer = new Deliverer(delivery, new Runs(outboxEvents, outboxBytes), freshness, clients);
        log.follow(deliverer::deliver);
    }

    /** Looks whether {@link #publish} would refuse this for its id. */
    public void check(PublishRequest request) {
        log.check(request);
    }

    /**
     * Publishes events as one unit; when this returns the log has accepted them all.
     *
     * <p>What these topics cost to compare with everybody's templates is their publisher's to spend, on its own thread.
     *
     * @see EventLog#append
     */
    public List<Event> publish(List<PublishRequest> requests) {
        requests.forEach(delivery::foresee);
        return log.append(requests);
    }

    /**
     * Opens a subscriber. It has its place in the log's order when this returns: whatever is published
     * from then on is for it.
     *
     * @throws TooManyTemplatesException if all subscribers together would ask for too many
     */
    public Subscriber subscribe(Subscription subscription, Sink sink) {
        Start start = start(subscription.lastEventId());
        var outbox = new Outbox(outboxEvents, outboxBytes);
        synchronized (lock) {
            Subscriber subscriber = seated(subscription, start, sink, outbox);
            try {
                subscriber.join(delivery.claimed());
                clients.add(subscriber);
                delivery.admit(subscriber);
                listeners.connected(subscriber);
            } catch (Throwable failure) {
                leave(subscriber, DisconnectReason.FAILED);
                throw failure;
            }
            return subscriber;
        }
    }

    /** Makes one that counts among those who ask for templates and hold a grant, and nobody knows of yet. */
    private Subscriber seated(Subscription subscription, Start start, Sink sink, Outbox outbox) {
        SelectorSet topics = templates.take(subscription.peer(), subscription.topics());
        try {
            Instant now = clock.instant();
            var seat = new Seat(topics, delivery.grant(subscription.granted()));
            Subscription kept = subscription.withTopics(topics).withGranted(seat.grant.selectors);
            return new Subscriber(this, log, kept, start, sink, outbox, seat, ids.next(now), now);
        } catch (Throwable failure) {
            templates.release(subscription.peer(), subscription.topics());
            throw failure;
        }
    }

    /**
     * Looks whether {@link #subscribe} would refuse these topics now.
     *
     * @throws TooManyTemplatesException if all subscribers together would ask for too many templates
     */
    public void requireRoomFor(Peer peer, SelectorSet topics) {
        synchronized (lock) {
            templates.take(peer, topics);
            templates.release(peer, topics);
        }
    }

    /** How a subscriber that resumes there would begin. */
    public Start start(@Nullable String lastEventId) {
        return Start.of(lastEventId, log);
    }

    /**
     * Hands an event of the hub's own to whoever is subscribed now.
     *
     * @see EventLog#pass
     */
    public void pass(PublishRequest request) {
        log.pass(request);
    }

    /** Who is subscribed now. */
    public ClientRegistry clients() {
        return clients;
    }

    /** Has a listener hear of all who come from now on. */
    public void addListener(SubscriberListener listener) {
        listeners.add(listener);
    }

    /** Why events cannot be published now, as a sentence for an operator; null when they can. */
    public @Nullable String fault() {
        return log.fault();
    }

    /** Ends every subscriber, for that reason. */
    public void endAll(DisconnectReason reason) {
        clients.endAll(reason);
    }

    /** The threads by which events are delivered and kept. */
    public List<WorkerThread> threads() {
        return log.threads();
    }

    /** The place up to which everything has been offered. */
    long delivered() {
        return delivery.delivered();
    }

    /** By which it is told whether what a peer was last told of has grown old. */
    Freshness freshness() {
        return freshness;
    }

    void join(Subscriber subscriber) {
        synchronized (lock) {
            subscriber.join(delivery.claimed());
        }
    }

    /** Changes the terms of a subscriber, if it has not left, after the place that is returned. */
    long change(Subscriber subscriber, UnaryOperator<Subscription> change) {
        synchronized (lock) {
            Subscription before = subscriber.subscription();
            Subscription asked = change.apply(before);
            if (!subscriber.seat().left && !asked.sameTerms(before)) {
                subscriber.terms().requireRoom();
                Subscription after = replace(subscriber, before, asked);
                delivery.readmit(subscriber, after.topics(), after.granted());
                listeners.changed(subscriber, before);
            }
            return delivery.claimed();
        }
    }

    /** Has one subscription hold instead of another; where that fails, all is as before. */
    private Subscription replace(Subscriber subscriber, Subscription before, Subscription asked) {
        SelectorSet topics = templates.take(before.peer(), asked.topics(), before.topics());
        try {
            Subscription after = asked.withTopics(topics);
            subscriber.terms().change(delivery.claimed(), after);
            templates.release(before.peer(), before.topics());
            return after;
        } catch (Throwable failure) {
            templates.release(before.peer(), topics);
            throw failure;
        }
    }

    void leave(Subscriber subscriber, DisconnectReason reason) {
        synchronized (lock) {
            Seat seat = subscriber.seat();
            if (!seat.left) {
                seat.left = true;
                Subscription last = subscriber.subscription();
                try {
                    delivery.dismiss(subscriber);
                    templates.release(last.peer(), last.topics());
                } finally {
                    try {
                        clients.remove(subscriber);
                    } finally {
                        listeners.disconnected(subscriber, reason);
                    }
                }
            }
        }
    }

    /** For how long the events have been under way to the outboxes that are now; publishers may have gone on meanwhile. */
    public Duration delivering() {
        return deliverer.delivering();
    }
}
