package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The logical end of one open stream: what it asked for, and how far it has come.
 *
 * <p>A subscriber is joined to live delivery at a sequence number of the log. Up to that sequence number it reads history,
 * a page at a time; what comes after waits in its {@link Outbox}. When the outbox is full it falls
 * behind: it takes what the outbox still holds, then joins again at the sequence number that delivery has
 * reached by then, and the events between are read from history like those of any resume. So there is
 * no gap and no duplicate, whichever way an event comes, and memory is bounded by one outbox and one
 * page. It ends only when history has moved past the sequence number it has read to. Over 300 lines, since all of that is one
 * decision: where the next event comes from.
 *
 * <p><b>Threads.</b> {@link #next}, {@link #reached} and {@link #takeGap} belong to its sink, one
 * thread at a time; any thread may call the others. No method touches a socket; {@code next} may wait
 * for the log to read a page.
 */
public final class Subscriber {

    /** Keeps the order between its changing and leaving and what is delivered. */
    interface Registrar {

        /** Changes what it asks for or may have, if it has not left; the sequence number after which that holds. */
        long change(Subscriber subscriber, UnaryOperator<Subscription> change);

        /** Has it leave everything that knows it, if it has not left. */
        void leave(Subscriber subscriber, DisconnectReason reason);
    }

    private final String id;
    private final String node;
    private final Instant connectedAt;
    private final Registrar registrar;
    private final Delivery delivery;
    private final EventLog log;
    private final StartingPoint start;
    private final SubscriptionVersions versions;
    private final Progress progress;
    private final PeerPosition told;
    private final Sink sink;
    private final Recipient recipient;
    private final AtomicReference<@Nullable DisconnectReason> ended = new AtomicReference<>();

    /** How many of the hub's listeners have heard that it came, and so are to hear that it went. The hub's own. */
    int listenersTold;

    /** As they last heard of it, for when there is no memory to say how it is now. The hub's own. */
    @Nullable
    Client announced;

    /** How many events its sink has been given. Written by the sink alone. */
    private volatile long delivered;

    /** Whether it has read from history, or from its outbox. Belongs to the sink. */
    private boolean begun;

    /** @param sink makes its sink; it may keep the subscriber, and not ask it anything yet */
    Subscriber(
            String id,
            String node,
            Instant connectedAt,
            Registrar registrar,
            Delivery delivery,
            EventLog log,
            Staleness staleness,
            Subscription subscription,
            SharedGrant grant,
            StartingPoint start,
            Outbox outbox,
            Function<Subscriber, ? extends Sink> sink) {
        this.id = id;
        this.node = node;
        this.connectedAt = connectedAt;
        this.registrar = registrar;
        this.delivery = delivery;
        this.log = log;
        this.start = start;
        this.versions = new SubscriptionVersions(subscription);
        this.progress = new Progress(outbox, start.after().sequence());
        this.sink = sink.apply(this);
        this.told = new PeerPosition(staleness, this.sink.hearsPositions(), progress.read());
        this.recipient = new Recipient(progress, this.sink, subscription.topics(), grant);
    }

    /** The id that operators know it by: a {@code urn:uuid:}. */
    public String id() {
        return id;
    }

    /** What others may know of it now. */
    public Client client() {
        return client(subscription());
    }

    /** What others may know of it, where it asks for that and may have it. */
    Client client(Subscription subscription) {
        return new Client(
                id,
                subscription.peer(),
                subscription.topics(),
                subscription.granted(),
                connectedAt,
                told(),
                delivered,
                queued(),
                progress.state(),
                node);
    }

    /** How many events wait in its outbox; what waits in history is not counted. */
    public int queued() {
        return progress.count();
    }

    /** The position of which its peer last heard, or is about to. */
    public Position told() {
        return start.after().at(told.sequence());
    }

    /** What it asked for, and may have, now. */
    public Subscription subscription() {
        return versions.current();
    }

    /**
     * Changes what it asked for or may have, after the position that is returned. What came before is delivered, late
     * as it may be, as if nothing had changed, but for private events that the new grant does not cover.
     *
     * @param change makes the new subscription of the one that holds; it must not wait
     * @throws InvalidRequestException if it is refused, and everything stays as it is
     */
    public Position change(UnaryOperator<Subscription> change) {
        return start.after().at(registrar.change(this, change));
    }

    /** The topics of an event it was given last that its peer may see, as {@link Subscription#visibleTopics}. */
    public List<String> visibleTopics(Event event) {
        return versions.visibleTopics(event);
    }

    /** How its stream begins. */
    public StartingPoint start() {
        return start;
    }

    /**
     * The next events to write, in the log's order; the sink has to write them all.
     *
     * @return empty when there is nothing now; or, while it {@linkplain #replaying is replaying}, when a page of
     *     history held nothing for it
     */
    public List<Event> next(int maxEvents, long maxBytes) {
        if (!versions.unchanged()) {
            versions.forget(progress.completed(delivery.delivered()));
        }
        List<Event> events = take(maxEvents, maxBytes);
        while (versions.emptied(events)) {
            events = take(maxEvents, maxBytes);
        }
        long before = delivered;
        delivered = before + events.size();
        return events;
    }

    private List<Event> take(int maxEvents, long maxBytes) {
        if (progress.hasJoined()) {
            List<Event> events = takeLive(maxEvents, maxBytes);
            if (!events.isEmpty() || !replaying()) {
                return events;
            }
            delivery.join(progress);
            if (progress.hasJoined()) {
                return takeLive(maxEvents, maxBytes);
            }
        }
        List<Event> events = readHistory(maxEvents, maxBytes);
        // With that page it may be live, and what came meanwhile has woken its sink already.
        return events.isEmpty() && !replaying() ? takeLive(maxEvents, maxBytes) : events;
    }

    /** Whether it reads history, or has to before it is live again; never once it has ended. */
    public boolean replaying() {
        return progress.state() == SubscriberState.REPLAYING;
    }

    /** The position up to which nothing for this subscriber is outstanding; a peer that hears of any is about to. */
    public Position reached() {
        // Read before the outbox is looked at: what came later may be in there, what came earlier is not.
        long reached = progress.advance(delivery.delivered());
        told.position(reached);
        return start.after().at(reached);
    }

    /** Whether so many events went by unmatched that the peer should hear of the position it has reached. */
    public boolean isStale() {
        return told.isStale(nowReached());
    }

    /** Whether its peer should hear something at once: events, a gap, or a position before history passes its own. */
    public boolean hasNews() {
        return queued() > 0 || progress.hasMissed() || told.isUrgent(nowReached());
    }

    private long nowReached() {
        return replaying() ? progress.read() : delivery.delivered();
    }

    /** The gap, of passing events that a full outbox refused, to be told before what {@link #next} gives, or null; once. */
    public @Nullable Gap takeGap() {
        if (!progress.hasMissed()) {
            return null;
        }
        Gap gap = Gap.after(start.after().at(progress.read()).toString(), log);
        progress.clearMissed();
        return gap;
    }

    /**
     * Ends it, once: it gets nothing more and its sink is told why. Whichever call returns, it has left the registry.
     */
    public void end(DisconnectReason reason) {
        boolean first = ended.compareAndSet(null, reason);
        try {
            registrar.leave(this, requireNonNull(ended.get()));
        } finally {
            if (first) {
                progress.end();
                sink.end(reason);
            }
        }
    }

    /** Why it ended, or null while it has not. */
    public @Nullable DisconnectReason ended() {
        return ended.get();
    }

    Sink sink() {
        return sink;
    }

    /** What delivery knows of it. */
    Recipient recipient() {
        return recipient;
    }

    /** Its versions, which its registrar changes, behind what is under way. */
    SubscriptionVersions versions() {
        return versions;
    }

    /** Wakes the sink when history may soon have passed the position that its peer was told of. */
    void wakeIfUrgent() {
        if (told.isUrgent(nowReached())) {
            sink.wake();
        }
    }

    /** Joins live delivery, for the first time. */
    void join() {
        delivery.join(progress);
    }

    private List<Event> takeLive(int maxEvents, long maxBytes) {
        List<Event> events = progress.take(maxEvents, maxBytes);
        if (!events.isEmpty()) {
            begun = true;
            told.event(progress.read());
        }
        return events;
    }

    private List<Event> readHistory(int maxEvents, long maxBytes) {
        long until = progress.joined();
        long read = progress.read();
        List<Event> page = log.readAfter(read, maxEvents, maxBytes);
        if (page == null) {
            skipWhatIsGone();
            return List.of();
        }
        begun = true;
        var events = new ArrayList<Event>();
        for (Event event : page) {
            if (event.sequence() > until) {
                break;
            }
            read = event.sequence();
            if (versions.wants(event)) {
                events.add(event);
            }
        }
        progress.readTo(read);
        if (!events.isEmpty()) {
            told.event(events.get(events.size() - 1).sequence());
        }
        return events;
    }

    /** History has moved past it. Who was only about to begin with what is held begins with what is held now. */
    private void skipWhatIsGone() {
        if (!begun && Position.EARLIEST.equals(start.lastEventId())) {
            progress.skipTo(log.start().sequence());
        } else {
            end(DisconnectReason.SLOW);
        }
    }
}
