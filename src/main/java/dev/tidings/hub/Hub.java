package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes what publishers say to the log, and what the log accepted to the subscribers.
 *
 * <p>One road: {@link #publish} returns when the log has accepted the events; the log then hands them
 * back in its order and they are offered to the outboxes. Nothing is delivered any other way.
 *
 * <p><b>Threads.</b> Any. One lock guards who is subscribed and the place that delivery has reached,
 * so that joining and delivering are in one order; it is held for one run of events at a time. Inside
 * it are taken the locks of single subscribers and, by listeners, what a log's {@link EventLog#pass}
 * and an executor need, which never wait. It is never held while a log or a socket is waited for.
 */
public final class Hub {

    private static final System.Logger LOG = System.getLogger(Hub.class.getName());

    /** How long to wait for memory. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Object lock = new Object();
    private final EventLog log;
    private final int outboxEvents;
    private final long outboxBytes;
    private final Clock clock;
    private final TopicIndex index = new TopicIndex();
    private final Grants grants = new Grants();
    private final ClientIds ids = new ClientIds();
    private final ClientRegistry clients = new ClientRegistry();
    private final List<SubscriberListener> listeners = new CopyOnWriteArrayList<>();
    private final Freshness freshness;
    private final Runs runs;
    private long turn;
    private volatile long delivered;

    /**
     * Begins to deliver what this log accepts from now on.
     *
     * @param outboxEvents the most events that wait for one subscriber
     * @param outboxBytes the most bytes that wait for one subscriber, by {@link Event#size}
     * @param clock the time at which subscribers come
     */
    public Hub(EventLog log, int outboxEvents, long outboxBytes, Clock clock) {
        this.log = log;
        this.outboxEvents = outboxEvents;
        this.outboxBytes = outboxBytes;
        this.clock = clock;
        this.delivered = log.end().place();
        this.freshness = new Freshness(log, delivered);
        this.runs = new Runs(outboxEvents, outboxBytes);
        log.follow(this::deliver);
    }

    /** Looks whether {@link #publish} would refuse this for its id. */
    public void check(PublishRequest request) {
        log.check(request);
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
        Start start = start(subscription.lastEventId());
        var outbox = new Outbox(outboxEvents, outboxBytes);
        synchronized (lock) {
            SharedGrant grant = grants.hold(subscription.granted());
            Instant now = clock.instant();
            var subscriber = new Subscriber(this, log, subscription, start, sink, outbox, grant, ids.next(now), now);
            try {
                subscriber.join(delivered);
                clients.add(subscriber);
                index.add(subscriber);
                welcome(subscriber);
            } catch (Throwable failure) {
                leave(subscriber, DisconnectReason.FAILED);
                throw failure;
            }
            return subscriber;
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

    /** Why events cannot be published now, as a sentence, or null when they can. */
    public @Nullable String fault() {
        return log.fault();
    }

    /** Ends every subscriber, for that reason. */
    public void endAll(DisconnectReason reason) {
        for (Subscriber subscriber : clients.all()) {
            try {
                subscriber.end(reason);
            } catch (Throwable failure) {
                // It counts as ended, and is ended again by those who look after its stream.
                FailureLog.error(LOG, "a subscriber could not be ended, and will be", failure);
            }
        }
    }

    /** The threads by which events are delivered and kept. */
    public List<WorkerThread> threads() {
        return log.threads();
    }

    /** The place up to which everything has been offered. */
    long delivered() {
        return delivered;
    }

    /** By which it is told whether what a peer was last told of has grown old. */
    Freshness freshness() {
        return freshness;
    }

    void join(Subscriber subscriber) {
        synchronized (lock) {
            subscriber.join(delivered);
        }
    }

    /** Changes the terms of a subscriber, if it has not left, after the place that is returned. */
    long change(Subscriber subscriber, UnaryOperator<Subscription> change) {
        synchronized (lock) {
            Subscription before = subscriber.subscription();
            Subscription after = change.apply(before);
            if (clients.find(subscriber.id()) == subscriber && !after.sameTerms(before)) {
                subscriber.terms().change(delivered, after);
                SharedGrant former = subscriber.seat().grant;
                subscriber.seat().grant = grants.hold(after.granted());
                grants.release(former);
                index.update(subscriber);
                tellOfChange(subscriber, before);
            }
            return delivered;
        }
    }

    void leave(Subscriber subscriber, DisconnectReason reason) {
        synchronized (lock) {
            Seat seat = subscriber.seat();
            if (!seat.left) {
                seat.left = true;
                index.remove(subscriber);
                grants.release(seat.grant);
                try {
                    clients.remove(subscriber);
                } finally {
                    dismiss(subscriber, reason);
                }
            }
        }
    }

    /** Tells all listeners that it came. One that has a fault harms neither the others nor the subscriber. */
    private void welcome(Subscriber subscriber) {
        for (SubscriberListener listener : listeners) {
            try {
                listener.connected(subscriber);
            } catch (RuntimeException failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
            // Not of one that an error kept from hearing of it, for it might count down what it has not counted.
            subscriber.seat().told++;
        }
    }

    private void tellOfChange(Subscriber subscriber, Subscription before) {
        for (SubscriberListener listener : listeners) {
            try {
                listener.changed(subscriber, before);
            } catch (Throwable failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
        }
    }

    /** Tells those that it went who have heard that it came. */
    private void dismiss(Subscriber subscriber, DisconnectReason reason) {
        Seat seat = subscriber.seat();
        for (int i = 0; i < seat.told; i++) {
            try {
                listeners.get(i).disconnected(subscriber, reason);
            } catch (Throwable failure) {
                FailureLog.error(LOG, "somebody could not be told of a client", failure);
            }
        }
    }

    private void deliver(List<Event> events) {
        int looked = 0;
        for (int from = 0, to; from < events.size(); from = to) {
            // Before the end of the run is known, a failure is one of all that is left.
            to = events.size();
            try {
                if (!Runs.follow(delivered, events.get(from))) {
                    throw new IllegalStateException("the log did not hand over all that it has accepted");
                }
                to = runs.endOf(events, from);
                deliverRun(List.copyOf(events.subList(from, to)));
                if (to == events.size() || to - looked >= Freshness.STEP) {
                    looked = to;
                    freshen();
                }
            } catch (Throwable failure) {
                // Some have it and some do not: whoever reconnects gets what it lacks from history.
                FailureLog.error(LOG, "an event could not be delivered; all streams are ended", failure);
                passOver(events.get(to - 1));
                endAllAtLast();
            }
        }
    }

    /** Nothing more is delivered before all that may lack an event have ended, however long memory is short. */
    private void endAllAtLast() {
        while (true) {
            try {
                endAll(DisconnectReason.FAILED);
                return;
            } catch (Throwable failure) {
                FailureLog.error(LOG, "not all streams could be ended; that is tried again", failure);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void freshen() {
        if (freshness.advance(delivered)) {
            clients.all().forEach(Subscriber::wakeIfFading);
        }
    }

    private void deliverRun(List<Event> run) {
        synchronized (lock) {
            try {
                index.offer(run, ++turn);
            } finally {
                delivered = run.get(run.size() - 1).place();
            }
        }
    }

    /** Who joins from now on is to read it from history, even if delivery has not come as far as offering it. */
    private void passOver(Event event) {
        synchronized (lock) {
            delivered = event.place();
        }
    }
}
