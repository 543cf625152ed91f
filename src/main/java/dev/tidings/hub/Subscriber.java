package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import java.time.Duration;
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
 * <p>A subscriber joins live delivery at a sequence number of the log. It reads history up to there, some pages at a time. What
 * comes after waits in its {@link Outbox}. When the outbox is full, the subscriber falls behind: it takes what is in the outbox,
 * then joins again where delivery is by then, and reads the events between from history, like those of any resume. So there is
 * no gap and no duplicate, whichever way an event comes. Memory is bounded by one outbox and two pages. The subscriber ends only
 * when history has moved past what it has read. Over 300 lines, since all of that is one decision: where the next event comes
 * from.
 *
 * <p><b>Threads.</b> Only its sink calls {@link #next}, {@link #reached} and {@link #takeGap}, one thread at a time. Any thread
 * may call the others. No method touches a socket. {@code next} may wait for the log to read pages.
 */
public final class Subscriber {

    /** Changes and removes subscribers in one order with delivery. */
    interface Registrar {

        /**
         * Changes what a subscriber asks for or may have, unless it has left.
         *
         * @return the sequence number after which the change holds
         */
        long change(Subscriber subscriber, UnaryOperator<Subscription> change);

        /** Removes a subscriber from all that know it, unless it has left. */
        void leave(Subscriber subscriber, DisconnectReason reason);
    }

    /** How many events of history are read at once at least, for whoever takes few. */
    private static final int LEAST_PAGE = 256;

    /** How many pages are read at once at most, of which little is for it. */
    private static final int MOST_PAGES = 8;

    /** For how long pages are read at once, if the log takes long for each. Others wait for the same thread meanwhile. */
    private static final long LONGEST_READING_NANOS = Duration.ofMillis(20).toNanos();

    private final String id;
    private final String node;
    private final Instant connectedAt;
    private final Registrar registrar;
    private final Delivery delivery;
    private final EventLog log;
    private final Traffic traffic;
    private final StartingPoint start;
    private final Positions positions;
    private final SubscriptionVersions versions;
    private final Progress progress;
    private final PeerPosition peerPosition;
    private final Sink sink;
    private final Recipient recipient;
    private final boolean isClient;
    private final AtomicReference<@Nullable DisconnectReason> ended = new AtomicReference<>();

    /** How many listeners were told that it came, and so have to be told that it went. Used by the hub alone. */
    int listenersTold;

    /** The client of which the listeners were told last, for lack of memory to make a newer one. Used by the hub alone. */
    @Nullable
    Client announced;

    /** What it takes of the limits of streams. Used by the hub alone. */
    StreamLimit.Place place = StreamLimit.NOWHERE;

    /** How many events its sink has been given. Written by the sink alone. */
    private volatile long delivered;

    /** The sequence number up to which events were stored when it joined. */
    private long storedAtFirst;

    /** What it is given of that. Used by the sink alone. */
    private final HistoryFilter history;

    /** Whether it has read from history, or from its outbox. Used by the sink alone. */
    private boolean begun;

    /**
     * @param positions those of the log by which it starts
     * @param sink makes its sink, which may keep the subscriber but must not call it yet
     */
    Subscriber(
            String id,
            String node,
            Instant connectedAt,
            Registrar registrar,
            Delivery delivery,
            EventLog log,
            Staleness staleness,
            Traffic traffic,
            Subscription subscription,
            SharedGrant grant,
            StartingPoint start,
            Positions positions,
            Outbox outbox,
            Function<Subscriber, ? extends Sink> sink) {
        this.id = id;
        this.node = node;
        this.connectedAt = connectedAt;
        this.registrar = registrar;
        this.delivery = delivery;
        this.log = log;
        this.traffic = traffic;
        this.start = start;
        this.positions = positions;
        this.versions = new SubscriptionVersions(subscription);
        this.progress = new Progress(outbox, start.after().sequence());
        this.sink = sink.apply(this);
        this.peerPosition = new PeerPosition(staleness, this.sink.sendsPositions(), progress.read());
        this.isClient = this.sink.isClient();
        this.storedAtFirst = log.end().sequence();
        this.history = new HistoryFilter(start, storedAtFirst);
        this.recipient = new Recipient(progress, this.sink, subscription.topics(), grant);
    }

    /** Its client's id: a {@code urn:uuid:}. */
    public String id() {
        return id;
    }

    /** Whether it is a client that others may know of. */
    boolean isClient() {
        return isClient;
    }

    /** A snapshot of it for others. */
    public Client client() {
        return client(subscription());
    }

    /** A snapshot of it as if it had this subscription. */
    Client client(Subscription subscription) {
        return new Client(
                id,
                subscription.peer(),
                subscription.topics(),
                connectedAt,
                peerPosition(),
                delivered,
                queued(),
                behind(),
                progress.state(),
                node);
    }

    /** Where its next event comes from. */
    SubscriberState state() {
        return progress.state();
    }

    /** How many events wait in its outbox. Events that it has to read from history do not count. */
    public int queued() {
        return progress.count();
    }

    /** How many events it has still to be given, or to be found not for it. */
    private long behind() {
        long unread = replaying() ? delivery.delivered() - progress.read() : 0;
        return Math.max(queued(), unread);
    }

    /** The position that its peer was sent last, or is about to be sent. */
    public Position peerPosition() {
        return positions.at(peerPosition.sequence());
    }

    /** What it asked for, and may have, now. */
    public Subscription subscription() {
        return versions.current();
    }

    /**
     * Changes what it asks for or may have, after the position that is returned. What came before is delivered as if nothing had
     * changed, however late. Private events that the new grant does not cover are left out when they are read, for good: a later
     * grant does not bring them back.
     *
     * @param change makes the new subscription of the one that holds; it must not wait
     * @throws InvalidRequestException if the change is refused; then everything stays as it is
     */
    public Position change(UnaryOperator<Subscription> change) {
        return positions.at(registrar.change(this, change));
    }

    /** The topics that its peer may see of an event from {@link #next}, as {@link Subscription#visibleTopics}. */
    public List<String> visibleTopics(Event event) {
        return versions.visibleTopics(event);
    }

    /** How its stream begins. */
    public StartingPoint start() {
        return start;
    }

    /**
     * The next events, in the log's order. The sink has to write them all.
     *
     * @return empty if there is nothing now, or if it {@linkplain #replaying is replaying} and some pages of history had nothing
     *     for it
     */
    public List<Event> next(int maxEvents, long maxBytes) {
        if (!versions.unchanged()) {
            versions.forget(progress.completed(delivery.delivered()));
        }
        List<Event> events = take(maxEvents, maxBytes);
        while ((versions.emptied(events) || history.empties(events, progress.read())) && !replaying()) {
            events = take(maxEvents, maxBytes);
        }
        long before = delivered;
        delivered = before + events.size();
        traffic.delivered(events);
        return events;
    }

    private List<Event> take(int maxEvents, long maxBytes) {
        if (progress.hasJoined()) {
            List<Event> events = takeLive(maxEvents, maxBytes);
            if (!events.isEmpty() || !replaying()) {
                return events;
            }
            traffic.fellBack();
            delivery.join(progress);
            if (progress.hasJoined()) {
                return takeLive(maxEvents, maxBytes);
            }
        }
        List<Event> events = readHistory(maxEvents, maxBytes);
        // It may be live after that page. What came meanwhile has woken its sink already.
        return events.isEmpty() && !replaying() ? takeLive(maxEvents, maxBytes) : events;
    }

    /** Whether it has to read history before it is live. Never once it has ended. */
    public boolean replaying() {
        return progress.state() == SubscriberState.REPLAYING;
    }

    /** The position up to which nothing for it is outstanding, if it has all that was stored when it joined; or null. */
    public @Nullable Position caughtUp() {
        long reached = progress.completed(delivery.delivered());
        return reached < storedAtFirst || progress.hasMissed() ? null : positions.at(reached);
    }

    /** The position up to which nothing for it is outstanding. A peer that is sent positions is about to be sent this one. */
    public Position reached() {
        // Read before the outbox is looked at: later events may be in there, earlier ones are not.
        long reached = progress.advance(delivery.delivered());
        peerPosition.position(reached);
        return positions.at(reached);
    }

    /** Whether so many events went by unmatched that its peer should be sent a fresh position. */
    public boolean isStale() {
        return peerPosition.isStale(nowReached());
    }

    /** Whether something is to be sent at once: events, a gap, or a position before history passes the peer's. */
    public boolean hasNews() {
        return queued() > 0 || progress.hasMissed() || peerPosition.isUrgent(nowReached());
    }

    private long nowReached() {
        return replaying() ? progress.read() : delivery.delivered();
    }

    /** The gap that passing events left which a full outbox refused, or which did not come; or null. Given once, to be sent before {@link #next}. */
    public @Nullable Gap takeGap() {
        if (!progress.hasMissed()) {
            return null;
        }
        Gap gap = Gap.after(positions.at(progress.read()).toString(), log);
        gap = progress.isMissed() ? gap : gap.ofErased();
        progress.clearMissed();
        traffic.gap();
        return gap;
    }

    /**
     * Ends it, once. It gets nothing more, and its sink is told why. When any call of this returns, it has left the registry.
     *
     * @return whether this call was the first
     */
    public boolean end(DisconnectReason reason) {
        boolean first = ended.compareAndSet(null, reason);
        try {
            registrar.leave(this, requireNonNull(ended.get()));
        } finally {
            if (first) {
                progress.end();
                sink.end(reason);
            }
        }
        return first;
    }

    /** Why it ended, or null while it has not. */
    public @Nullable DisconnectReason ended() {
        return ended.get();
    }

    Instant connectedAt() {
        return connectedAt;
    }

    String node() {
        return node;
    }

    /** Where an event is that it is to have. */
    Progress.Place place(long sequence) {
        return progress.place(sequence);
    }

    Sink sink() {
        return sink;
    }

    /** What delivery needs of it. */
    Recipient recipient() {
        return recipient;
    }

    /** The versions of its subscription, which the registrar changes. */
    SubscriptionVersions versions() {
        return versions;
    }

    /** Wakes the sink if history may soon pass the position that its peer was sent last. */
    void wakeIfUrgent() {
        if (peerPosition.isUrgent(nowReached())) {
            sink.wake();
        }
    }

    /** Has its peer told that an event is missing, if the event of which this is left was for it. */
    void miss(Event left) {
        if (versions.mayHaveWanted(left)) {
            progress.missErased();
            sink.wake();
        }
    }

    /** Has its peer told that passing events may be missing. */
    void miss() {
        progress.miss();
        sink.wake();
    }

    /** Joins live delivery, for the first time. */
    void join() {
        delivery.join(progress);
        storedAtFirst = Math.max(storedAtFirst, progress.joined());
    }

    private List<Event> takeLive(int maxEvents, long maxBytes) {
        List<Event> events = progress.take(maxEvents, maxBytes);
        if (!events.isEmpty()) {
            begun = true;
            peerPosition.event(progress.read());
            traffic.live(events.get(0));
        }
        return events;
    }

    /**
     * Reads the next page of history. While little of it is for this subscriber it reads on, so that one write carries what is.
     * What was read counts when all of it is given.
     */
    private List<Event> readHistory(int maxEvents, long maxBytes) {
        var events = new ArrayList<Event>();
        long until = progress.joined();
        long read = progress.read();
        long left = maxBytes;
        long start = System.nanoTime();
        boolean more = true;
        for (int pages = 0; more && pages < MOST_PAGES; pages++) {
            read = history.skip(read, until);
            List<Event> page = page(read, maxEvents, left, pages == 0);
            if (ended.get() != null) {
                // The log may have begun anew, and the page be of its new life.
                return List.of();
            }
            if (page == null) {
                if (events.isEmpty()) {
                    skipWhatIsGone();
                    return List.of();
                }
                break;
            }
            begun = true;
            if (page.isEmpty() || (!events.isEmpty() && page.get(0).size() > left)) {
                break;
            }
            int before = events.size();
            read = choose(page, read, until, maxEvents, events);
            for (int i = before; i < events.size(); i++) {
                left -= events.get(i).size();
            }
            more = read == page.get(page.size() - 1).sequence()
                    && read < until
                    && left > maxBytes / 2
                    && events.size() < maxEvents
                    && !progress.hasMissed()
                    && System.nanoTime() - start < LONGEST_READING_NANOS;
        }
        progress.readTo(read);
        if (!events.isEmpty()) {
            peerPosition.event(events.get(events.size() - 1).sequence());
            traffic.replayed(events.size());
        }
        return events;
    }

    /**
     * The page of history after a sequence number; null if history has moved past that.
     *
     * @param mayFail whether this throws if the log cannot be read now. Otherwise the page is empty then
     */
    private @Nullable List<Event> page(long read, int maxEvents, long maxBytes, boolean mayFail) {
        try {
            return log.readAfter(read, Math.max(maxEvents, LEAST_PAGE), maxBytes);
        } catch (LogUnavailableException down) {
            if (mayFail) {
                throw down;
            }
            return List.of();
        }
    }

    /**
     * Adds the events of a page that are for it. It stops at the first that was erased and may have been for it: a gap is to be told
     * between what comes before and what comes after.
     *
     * @return the sequence number up to which it has looked
     */
    private long choose(List<Event> page, long from, long until, int maxEvents, List<Event> events) {
        long read = from;
        for (Event event : page) {
            if (event.sequence() > until) {
                break;
            }
            if (history.isNews(event) && versions.mayHaveWanted(event)) {
                if (events.isEmpty()) {
                    read = event.sequence();
                    // One gap for a page.
                    history.told(page.get(page.size() - 1).sequence());
                    progress.missErased();
                }
                break;
            }
            read = event.sequence();
            if (history.has(event) && versions.wants(event)) {
                events.add(event);
                if (events.size() == maxEvents) {
                    break;
                }
            }
        }
        return read;
    }

    /** History has moved past it. A subscriber that was about to begin within history begins with what is stored now. */
    private void skipWhatIsGone() {
        if (!begun && start.fromWhatIsStored()) {
            progress.skipTo(log.start().sequence());
        } else {
            end(DisconnectReason.SLOW);
        }
    }
}
