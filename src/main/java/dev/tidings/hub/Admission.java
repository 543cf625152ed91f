package dev.tidings.hub;

import dev.tidings.event.selector.SelectorSet;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Admits subscribers, changes what they ask for, and removes them. Delivery, the registry, the count of templates,
 * interests and the listeners learn of a subscriber here.
 *
 * <p><b>Threads.</b> Any. {@link Delivery}'s monitor, the hub's lock, is held for each step, so that there is one order between
 * the steps and the events. Listeners are called inside it. Other nodes are waited for outside of it.
 */
final class Admission implements Subscriber.Registrar {

    private final EventLog log;
    private final Delivery delivery;
    private final Staleness staleness;
    private final StartFinder starts;
    private final Traffic traffic;
    private final HubLimits limits;
    private final Refusals refusals;
    private final Drain drain;
    private final StreamLimit streams;
    private final TemplateLimit templates;
    private final LocalClients clients;
    private final Listeners listeners;
    private final String node;
    private final Clock clock;
    private final ClientIds ids = new ClientIds();
    private final Interests interests = new Interests();

    Admission(
            EventLog log,
            Delivery delivery,
            Staleness staleness,
            StartFinder starts,
            Traffic traffic,
            HubLimits limits,
            Refusals refusals,
            Drain drain,
            LocalClients clients,
            Listeners listeners,
            String node,
            Clock clock) {
        this.log = log;
        this.delivery = delivery;
        this.staleness = staleness;
        this.starts = starts;
        this.traffic = traffic;
        this.limits = limits;
        this.refusals = refusals;
        this.drain = drain;
        this.streams = new StreamLimit(limits, refusals, System::nanoTime);
        this.templates = new TemplateLimit(limits.templates(), refusals);
        this.clients = clients;
        this.listeners = listeners;
        this.node = node;
        this.clock = clock;
    }

    /** The interest of subscribers in the hub's own topics below a prefix. Called before the first subscriber. */
    LocalInterest interest(String prefix) {
        var interest = new LocalInterest(prefix);
        interests.add(interest);
        return interest;
    }

    /**
     * Admits a subscriber. It stands in the log's order when this returns.
     *
     * @param makeSink makes its sink, holding no lock
     * @return the sink
     * @throws LimitReachedException if a limit has no room for it, or too many others look for where they begin
     * @throws DrainingException if this node drains
     * @throws LogUnavailableException if the log cannot tell now where it starts, or other nodes cannot be told now that it
     *     follows what they tell operators
     */
    <S extends Sink> S admit(Subscription asked, Function<Subscriber, S> makeSink) {
        Reservation reserved = reserve(asked);
        Positions positions;
        Subscriber subscriber;
        try {
            positions = log.positions();
            StartingPoint start = starts.find(asked);
            var outbox = new Outbox(limits.outboxEvents(), limits.outboxBytes());
            interests.announce(asked);
            subscriber = new Subscriber(
                    reserved.id,
                    node,
                    reserved.since,
                    this,
                    delivery,
                    log,
                    staleness,
                    traffic,
                    asked.withTopics(reserved.topics).withGranted(reserved.grant.selectors),
                    reserved.grant,
                    start,
                    positions,
                    outbox,
                    makeSink);
        } catch (Throwable failure) {
            cancel(asked, reserved);
            throw failure;
        }
        subscriber.place = reserved.place;
        synchronized (delivery) {
            try {
                subscriber.join();
                clients.add(subscriber);
                delivery.add(subscriber.recipient());
                if (subscriber.isClient()) {
                    listeners.connected(subscriber);
                } else {
                    listeners.read(subscriber);
                }
            } catch (Throwable failure) {
                leave(subscriber, DisconnectReason.FAILED);
                throw failure;
            }
        }
        if (drain.hasBegun()) {
            // It may have come after the last wave.
            subscriber.end(DisconnectReason.DRAINED);
        }
        if (!areCurrent(positions)) {
            // The log has begun anew. This one may have come after all streams were ended, and start at a lost place.
            subscriber.end(DisconnectReason.FAILED);
        }
        if (subscriber.start().gap() != null) {
            traffic.gap();
        }
        @SuppressWarnings("unchecked") // It is what was made a moment ago.
        S sink = (S) subscriber.sink();
        return sink;
    }

    private boolean areCurrent(Positions positions) {
        try {
            return positions == log.positions();
        } catch (LogUnavailableException beginning) {
            return false;
        }
    }

    /** What is counted for a subscriber before it exists. */
    private record Reservation(
            StreamLimit.Place place, String id, Instant since, SelectorSet topics, SharedGrant grant) {}

    private void requireNotDraining() {
        if (drain.hasBegun()) {
            throw new DrainingException();
        }
    }

    private Reservation reserve(Subscription asked) {
        requireNotDraining();
        StreamLimit.Place place = streams.take(asked.peer());
        try {
            return saying(() -> reserve(asked, place));
        } catch (Throwable failure) {
            place.release();
            throw failure;
        }
    }

    private Reservation reserve(Subscription asked, StreamLimit.Place place) {
        synchronized (delivery) {
            SelectorSet topics = templates.take(asked.peer(), asked.topics());
            try {
                Instant now = clock.instant();
                var reserved = new Reservation(place, ids.next(now), now, topics, delivery.holdGrant(asked.granted()));
                interests.take(asked);
                return reserved;
            } catch (Throwable failure) {
                templates.release(asked.peer(), topics);
                throw failure;
            }
        }
    }

    private void cancel(Subscription asked, Reservation reserved) {
        synchronized (delivery) {
            interests.release(asked);
            templates.release(asked.peer(), reserved.topics);
            delivery.releaseGrant(reserved.grant);
        }
        reserved.place.release();
    }

    /** The counts of streams that the nodes of a hub tell each other. */
    List<SharedCount> shared() {
        return streams.shared();
    }

    /** Throws what {@link #admit} would throw for these topics now. */
    void requireRoomFor(Peer peer, SelectorSet topics) {
        requireNotDraining();
        streams.requireRoom(peer);
        saying(() -> {
            synchronized (delivery) {
                SelectorSet taken = templates.take(peer, topics);
                templates.release(peer, topics);
                return taken;
            }
        });
    }

    /** Takes a step that holds the hub's lock, and says what a limit has refused when it does so no more. */
    private <T> T saying(Supplier<T> step) {
        try {
            return step.get();
        } catch (LimitReachedException refusal) {
            refusals.say(refusal);
            throw refusal;
        }
    }

    @Override
    public long change(Subscriber subscriber, UnaryOperator<Subscription> change) {
        long after = saying(() -> changeHere(subscriber, change));
        try {
            interests.announce(subscriber.subscription());
        } catch (Throwable failure) {
            // It would follow with a hole. When it comes back, it is admitted as soon as the others know.
            subscriber.end(DisconnectReason.FAILED);
            throw failure;
        }
        return after;
    }

    private long changeHere(Subscriber subscriber, UnaryOperator<Subscription> change) {
        synchronized (delivery) {
            Subscription before = subscriber.subscription();
            Subscription asked = change.apply(before);
            if (!subscriber.recipient().left && !asked.sameSelectors(before)) {
                subscriber.versions().requireRoom();
                Client now = replace(subscriber, before, asked);
                delivery.change(subscriber.recipient(), now.topics(), asked.granted());
                listeners.changed(subscriber, now);
            }
            return delivery.claimed();
        }
    }

    /** Replaces a subscription. Returns the snapshot of the client that it becomes. If this fails, all stays as before. */
    private Client replace(Subscriber subscriber, Subscription before, Subscription asked) {
        SelectorSet topics = templates.take(before.peer(), asked.topics(), before.topics());
        try {
            Subscription after = asked.withTopics(topics);
            Client now = subscriber.client(after);
            subscriber.versions().change(delivery.claimed(), after);
            templates.release(before.peer(), before.topics());
            interests.take(after);
            interests.release(before);
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
                subscriber.place.release();
                Subscription last = subscriber.subscription();
                interests.release(last);
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
