package dev.tidings.hub;

import dev.tidings.event.selector.SelectorSet;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Lets subscribers in, changes what they ask for, and lets them out. Everything that knows a subscriber learns of it here:
 * delivery, the registry, the count of templates, and those who listen.
 *
 * <p><b>Threads.</b> Any. {@link Delivery}'s monitor, the hub's lock, is held for each step, so that it has its place in the
 * order of events. Listeners are called inside it.
 */
final class Admission implements Subscriber.Registrar {

    private final EventLog log;
    private final Delivery delivery;
    private final Staleness staleness;
    private final HubLimits limits;
    private final TemplateLimit templates;
    private final LocalClients clients;
    private final Listeners listeners;
    private final String node;
    private final Clock clock;
    private final ClientIds ids = new ClientIds();

    Admission(
            EventLog log,
            Delivery delivery,
            Staleness staleness,
            HubLimits limits,
            LocalClients clients,
            Listeners listeners,
            String node,
            Clock clock) {
        this.log = log;
        this.delivery = delivery;
        this.staleness = staleness;
        this.limits = limits;
        this.templates = new TemplateLimit(limits.templates());
        this.clients = clients;
        this.listeners = listeners;
        this.node = node;
        this.clock = clock;
    }

    /**
     * Lets one in. It has its place in the log's order when this returns.
     *
     * @param makeSink makes its sink, holding no lock
     * @return the sink
     * @throws TooManyTemplatesException if all subscribers together would ask for too many
     */
    <S extends Sink> S admit(Subscription asked, Function<Subscriber, S> makeSink) {
        StartingPoint start = StartingPoint.of(asked.lastEventId(), log);
        var outbox = new Outbox(limits.outboxEvents(), limits.outboxBytes());
        Reservation reserved = reserve(asked);
        Subscriber subscriber;
        try {
            subscriber = new Subscriber(
                    reserved.id,
                    node,
                    reserved.since,
                    this,
                    delivery,
                    log,
                    staleness,
                    asked.withTopics(reserved.topics).withGranted(reserved.grant.selectors),
                    reserved.grant,
                    start,
                    outbox,
                    makeSink);
        } catch (Throwable failure) {
            cancel(asked.peer(), reserved);
            throw failure;
        }
        synchronized (delivery) {
            try {
                subscriber.join();
                clients.add(subscriber);
                delivery.add(subscriber.recipient());
                listeners.connected(subscriber);
            } catch (Throwable failure) {
                leave(subscriber, DisconnectReason.FAILED);
                throw failure;
            }
        }
        @SuppressWarnings("unchecked") // It is what was made a moment ago.
        S sink = (S) subscriber.sink();
        return sink;
    }

    /** What counts for a subscriber before it is one. */
    private record Reservation(String id, Instant since, SelectorSet topics, SharedGrant grant) {}

    private Reservation reserve(Subscription asked) {
        synchronized (delivery) {
            SelectorSet topics = templates.take(asked.peer(), asked.topics());
            try {
                Instant now = clock.instant();
                return new Reservation(ids.next(now), now, topics, delivery.holdGrant(asked.granted()));
            } catch (Throwable failure) {
                templates.release(asked.peer(), topics);
                throw failure;
            }
        }
    }

    private void cancel(Peer peer, Reservation reserved) {
        synchronized (delivery) {
            templates.release(peer, reserved.topics);
            delivery.releaseGrant(reserved.grant);
        }
    }

    /** Looks whether {@link #admit} would refuse these topics now. */
    void requireRoomFor(Peer peer, SelectorSet topics) {
        synchronized (delivery) {
            templates.take(peer, topics);
            templates.release(peer, topics);
        }
    }

    @Override
    public long change(Subscriber subscriber, UnaryOperator<Subscription> change) {
        synchronized (delivery) {
            Subscription before = subscriber.subscription();
            Subscription asked = change.apply(before);
            if (!subscriber.recipient().left && !asked.sameSelectors(before)) {
                subscriber.versions().requireRoom();
                Client now = replace(subscriber, before, asked);
                delivery.change(subscriber.recipient(), now.topics(), now.granted());
                listeners.changed(subscriber, now);
            }
            return delivery.claimed();
        }
    }

    /** Has one subscription hold instead of another, and says what it is then; where that fails, all is as before. */
    private Client replace(Subscriber subscriber, Subscription before, Subscription asked) {
        SelectorSet topics = templates.take(before.peer(), asked.topics(), before.topics());
        try {
            Subscription after = asked.withTopics(topics);
            Client now = subscriber.client(after);
            subscriber.versions().change(delivery.claimed(), after);
            templates.release(before.peer(), before.topics());
            return now;
        } catch (Throwable failure) {
            templates.release(before.peer(), topics);
            throw failure;
        }
    }

    @Override
    public void leave(Subscriber subscriber, DisconnectReason reason) {
        synchronized (delivery) {
            Recipient recipient = subscriber.recipient();
            if (!recipient.left) {
                recipient.left = true;
                Subscription last = subscriber.subscription();
                try {
                    delivery.remove(recipient);
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
}
