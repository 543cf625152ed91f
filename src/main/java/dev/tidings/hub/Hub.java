package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes what publishers say to the log, and what the log accepted to the subscribers. This is its front; the work is done
 * by the {@link EventLog}, {@link Delivery} and {@link Admission}.
 *
 * <p>One road: {@link #publish} returns when the log has accepted the events; the log then hands them back in its order and
 * they are offered to the outboxes. Nothing is delivered any other way.
 *
 * <p><b>Threads.</b> Any. One lock, {@link Delivery}'s monitor, guards who is subscribed and the sequence number that delivery has
 * claimed, so that joining and delivering are in one order. It is not held while the subscribers of an event are looked
 * for, nor while it is offered to them. Inside it are taken the locks of single subscribers and, by listeners, what a log's
 * {@link EventLog#pass} and an executor need, which never wait. It is never held while a log or a socket is waited for.
 */
public final class Hub {

    private final EventLog log;
    private final Delivery delivery;
    private final Dispatcher dispatcher;
    private final LocalClients clients = new LocalClients();
    private final Listeners listeners = new Listeners();
    private final Admission admission;

    /** The same with any number of templates, on a node that is called {@code local}. */
    public Hub(EventLog log, int outboxEvents, long outboxBytes, Clock clock) {
        this(log, new HubLimits(outboxEvents, outboxBytes, 0), "local", clock);
    }

    /**
     * Begins to deliver what this log accepts from now on.
     *
     * @param node the name that this node has in the registry
     * @param clock the time at which subscribers come
     */
    public Hub(EventLog log, HubLimits limits, String node, Clock clock) {
        this.log = log;
        this.delivery = new Delivery(log.end().sequence());
        var staleness = new Staleness(log, delivery.delivered());
        var batching = new Batching(limits.outboxEvents(), limits.outboxBytes());
        this.dispatcher = new Dispatcher(delivery, batching, staleness, clients);
        this.admission = new Admission(log, delivery, staleness, limits, clients, listeners, node, clock);
        log.follow(dispatcher::dispatch);
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
        requests.forEach(delivery::precompute);
        return log.append(requests);
    }

    /**
     * Hands an event of the hub's own to whoever is subscribed now.
     *
     * @see EventLog#pass
     */
    public void pass(PublishRequest request) {
        log.pass(request);
    }

    /**
     * Opens a subscriber. It has its place in the log's order when this returns: whatever is published from then on is for
     * it.
     *
     * @param sink makes where its events go, after everything that may refuse it has been looked at. It is not woken, nor
     *     is the subscriber to be asked for events, before this returns
     * @return the sink that was made
     * @throws TooManyTemplatesException if all subscribers together would ask for too many
     * @throws LogUnavailableException if the log cannot tell now where it begins
     */
    public <S extends Sink> S subscribe(Subscription subscription, Function<Subscriber, S> sink) {
        return admission.admit(subscription, sink);
    }

    /**
     * Looks whether {@link #subscribe} would refuse these topics now.
     *
     * @throws TooManyTemplatesException if all subscribers together would ask for too many templates
     */
    public void requireRoomFor(Peer peer, SelectorSet topics) {
        admission.requireRoomFor(peer, topics);
    }

    /** How a subscriber that resumes there would begin. */
    public StartingPoint start(@Nullable String lastEventId) {
        return StartingPoint.of(lastEventId, log);
    }

    /** Who is connected now. */
    public ClientRegistry clients() {
        return clients;
    }

    /** Has a listener hear of all who come from now on. */
    public void addListener(SubscriberListener listener) {
        listeners.add(listener);
    }

    /** Ends every subscriber of this node, for that reason. */
    public void endAll(DisconnectReason reason) {
        clients.endAll(reason);
    }

    /** Why events cannot be published now, as a sentence for an operator; null when they can. */
    public @Nullable String fault() {
        return log.fault();
    }

    /** The threads by which events are delivered and kept. */
    public List<WorkerThread> threads() {
        return log.threads();
    }

    /** For how long the events have been under way to the outboxes that are now; publishers may have gone on meanwhile. */
    public Duration delivering() {
        return dispatcher.delivering();
    }

    /** The sequence number up to which everything has been offered. */
    long delivered() {
        return delivery.delivered();
    }
}
