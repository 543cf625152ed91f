package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings events from publishers to the log, and from the log to the subscribers. This class is the front. {@link EventLog},
 * {@link Delivery} and {@link Admission} do the work. Over 300 lines, since it is the front of all of them.
 *
 * <p>There is one road. {@link #publish} returns when the log has accepted the events. The log then hands them back in its
 * order, and they are offered to the outboxes. Nothing is delivered any other way.
 *
 * <p><b>Threads.</b> Any. One lock, {@link Delivery}'s monitor, guards which subscribers there are, and up to which event
 * delivery has claimed the log, so that joining and delivering are in one order. It is not held while the subscribers of an
 * event are looked for, nor while it is offered to them. Inside it the locks of single subscribers are taken, and by listeners
 * the locks of {@link EventLog#pass} and of an executor, which never wait. It is never held while a log or a socket is waited
 * for.
 */
public final class Hub {

    private final EventLog log;
    private final Delivery delivery;
    private final Turns publishers;
    private final Dispatcher dispatcher;
    private final LocalClients clients = new LocalClients();
    private final Listeners listeners = new Listeners();
    private final Traffic traffic = new Traffic();
    private final Admission admission;
    private final ActiveTopics topics;
    private final Drain drain;

    /** A hub without further limits, on a node that is called {@code local}. */
    public Hub(EventLog log, int outboxEvents, long outboxBytes, Clock clock) {
        this(log, HubLimits.ofOutbox(outboxEvents, outboxBytes), new Refusals(System::nanoTime), "local", clock);
    }

    /**
     * Begins to deliver what this log accepts from now on.
     *
     * @param refusals counts what the limits refuse
     * @param node the name that this node has in the registry
     * @param clock the time at which subscribers come
     */
    public Hub(EventLog log, HubLimits limits, Refusals refusals, String node, Clock clock) {
        this.log = log;
        this.delivery = new Delivery(end(log));
        this.publishers = Turns.ofPublishers(refusals);
        var staleness = new Staleness(log, delivery.delivered());
        var batching = new Batching(limits.outboxEvents(), limits.outboxBytes());
        this.dispatcher = new Dispatcher(delivery, batching, staleness, clients);
        this.drain = new Drain(clients, limits.drain(), System::nanoTime);
        var starts = new StartFinder(log, Turns.ofStarts(refusals));
        this.admission = new Admission(
                log, delivery, staleness, starts, traffic, limits, refusals, drain, clients, listeners, node, clock);
        this.topics = new ActiveTopics(log, clock, System::nanoTime);
        log.follow(dispatcher);
    }

    /** Throws what {@link #publish} would throw for this request's id. */
    public void check(PublishRequest request) {
        log.check(request);
    }

    /**
     * Publishes events as one unit. The log has accepted them all when this returns.
     *
     * <p>The caller's thread compares the topics with the open templates, so that a publisher pays for its own topics. If that is
     * much, it has to wait for its turn ({@link Turns}). The turn ends when the events are delivered: the thread that delivers
     * compares them with the templates that were opened since, and all others wait for it. If it were far behind, that would be
     * many.
     *
     * @param once what makes this publish the same as another, on whichever node; null if it is always another
     * @param publisher who may take only some of the turns; null if that is nobody in particular
     * @throws LimitReachedException if too many others compare many topics with many templates already; nothing is published then
     * @see EventLog#append
     */
    public List<Event> publish(List<PublishRequest> requests, @Nullable Once once, @Nullable String publisher) {
        if (!delivery.isWork(requests)) {
            return compareAndAppend(requests, once);
        }
        return publishers.run(publisher, publisher == null ? "an event of many topics" : publisher, () -> {
            List<Event> events = compareAndAppend(requests, once);
            delivery.await(events.get(events.size() - 1).sequence(), Turns.PATIENCE);
            return events;
        });
    }

    private List<Event> compareAndAppend(List<PublishRequest> requests, @Nullable Once once) {
        requests.forEach(delivery::precompute);
        long begun = System.nanoTime();
        try {
            List<Event> events = log.append(requests, once);
            // By what was asked for: nothing may fail any more that looks at what the log has accepted.
            traffic.published(requests, System.nanoTime() - begun);
            return events;
        } catch (LogUnavailableException failure) {
            traffic.logFailed();
            throw failure;
        }
    }

    /** Publishes events of nobody in particular that are no repetition, as one unit. */
    public List<Event> publish(List<PublishRequest> requests) {
        return publish(requests, null, null);
    }

    /**
     * The stored event with this id, which its publisher gave, or whose position it is.
     *
     * @return null if the id is unknown, or its event is not stored any more
     */
    public @Nullable Event find(String id) {
        Position position = log.find(id);
        if (position == null || position.sequence() <= log.start().sequence()) {
            return null;
        }
        List<Event> page = log.readAfter(position.sequence() - 1, 1, 1);
        return page == null || page.isEmpty() || page.get(0).isErased() ? null : page.get(0);
    }

    /**
     * The stored events that have these ids, by id.
     *
     * @throws LogUnavailableException if the log cannot be read now
     */
    public Map<String, Event> find(List<String> ids) {
        return new EventFinder(log).find(ids);
    }

    /**
     * Returns when all that is stored is as safe as what {@link #publish} answers.
     *
     * @throws LogUnavailableException if the log cannot say so now
     */
    public void confirm() {
        log.confirm();
    }

    /**
     * Erases events from history. What is in an outbox already is still delivered.
     *
     * @return how many
     * @see EventLog#erase
     */
    public int erase(Erasure erasure) {
        return log.erase(erasure);
    }

    /**
     * Hands a passing event to the subscribers of now.
     *
     * @see EventLog#pass
     */
    public void pass(PublishRequest request) {
        log.pass(request);
    }

    /**
     * Opens a subscriber. When this returns, the subscriber stands in the log's order: it gets whatever is published from then
     * on.
     *
     * @param sink makes the sink of a subscriber, after everything that may refuse it was checked. Before this returns the sink
     *     is not woken, and must not ask the subscriber for events
     * @return the sink that was made
     * @throws LimitReachedException if a limit has no room for it
     * @throws DrainingException if this node drains
     * @throws LogUnavailableException if the log cannot tell now where it begins, or other nodes cannot be told now that it
     *     follows what they tell operators
     */
    public <S extends Sink> S subscribe(Subscription subscription, Function<Subscriber, S> sink) {
        return admission.admit(subscription, sink);
    }

    /**
     * Throws what {@link #subscribe} would throw for these topics now.
     *
     * @throws LimitReachedException if a limit has no room for it
     */
    public void requireRoomFor(Peer peer, SelectorSet topics) {
        admission.requireRoomFor(peer, topics);
    }

    /** The counts of streams that have a bound over all nodes. */
    public List<SharedCount> shared() {
        return admission.shared();
    }

    /** How a subscriber that resumes after this id, or begins now, would begin. */
    public StartingPoint start(@Nullable String lastEventId) {
        return lastEventId == null ? StartingPoint.at(log.end()) : StartingPoint.after(lastEventId, log);
    }

    /** The clients that are connected to this node now. */
    public ClientRegistry clients() {
        return clients;
    }

    /**
     * The interest of this node's subscribers in what the hub tells its operators. Called before the first subscriber.
     *
     * @param prefix what the topics begin with, which are of the {@link dev.tidings.event.OperatorTopics}
     */
    public LocalInterest interest(String prefix) {
        return admission.interest(prefix);
    }

    /** Whether any client would get now what is told where there is this interest. */
    public boolean isFollowed(TopicInterest interest) {
        synchronized (delivery) {
            return !interest.isNone();
        }
    }

    /** Adds a listener, which is told of all clients that come from now on. */
    public void addListener(SubscriberListener listener) {
        listeners.add(listener);
    }

    /** Tells the listeners of a client of another node that is gone, because its node is. */
    public void lost(Client client) {
        synchronized (delivery) {
            listeners.lost(client);
        }
    }

    /** Tells the listeners of each client of this node, since other nodes have told that they are lost. */
    public void announceAgain() {
        for (Client client : clients.all()) {
            synchronized (delivery) {
                if (clients.find(client.id()) != null) {
                    listeners.back(client);
                }
            }
        }
    }

    /** How this node is drained. */
    public Drain drain() {
        return drain;
    }

    /** Ends every subscriber of this node, for that reason. */
    public void endAll(DisconnectReason reason) {
        clients.endAll(reason);
    }

    /** The topics that were published to lately, of all nodes. */
    public ActiveTopics topics() {
        return topics;
    }

    /** What has gone through this node. */
    public Traffic traffic() {
        return traffic;
    }

    /** The streams of this node, in numbers. It looks at each of them. */
    public Census census() {
        return clients.census();
    }

    /**
     * How much history the log has.
     *
     * @throws LogUnavailableException if the log cannot tell now
     */
    public Stored stored() {
        return log.stored();
    }

    /**
     * How many events the log has accepted that were not given to outboxes yet.
     *
     * @throws LogUnavailableException if the log cannot tell now
     */
    public long undelivered() {
        return Math.max(0, log.end().sequence() - delivery.delivered());
    }

    /** Why events cannot be published now, as a sentence for an operator; null when they can. */
    public @Nullable String fault() {
        return log.fault();
    }

    /** The threads by which events are delivered and kept. */
    public List<WorkerThread> threads() {
        return log.threads();
    }

    /** For how long the batch has been under way that is delivered now; zero if none is. Publishers may have gone on. */
    public Duration delivering() {
        return dispatcher.delivering();
    }

    /** Where delivery begins. A log that is not there yet tells its listener later. */
    private static long end(EventLog log) {
        try {
            return log.end().sequence();
        } catch (LogUnavailableException notYet) {
            return 0;
        }
    }

    /** The sequence number up to which everything has been offered. */
    long delivered() {
        return delivery.delivered();
    }
}
