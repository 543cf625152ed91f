package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The logical end of one open stream: what it asked for, and how far it has come.
 *
 * <p>A subscriber is joined to live delivery at a place of the log. Up to that place it reads history,
 * a page at a time; what comes after waits in its {@link Outbox}. When the outbox is full it falls
 * behind: it takes what the outbox still holds, then joins again at the place that delivery has
 * reached by then, and the events between are read from history like those of any resume. So there is
 * no gap and no duplicate, whichever way an event comes, and memory is bounded by one outbox and one
 * page. It ends only when history has moved past the place it has read to.
 *
 * <p><b>Threads.</b> {@link #next}, {@link #reached} and {@link #takeGap} belong to its sink, one
 * thread at a time; any thread may call the others. No method touches a socket; {@code next} may wait
 * for the log to read a page.
 */
public final class Subscriber {

    private final String id;
    private final Instant connectedAt;
    private final Hub hub;
    private final EventLog log;
    private final Terms terms;
    private final Start start;
    private final Sink sink;
    private final LiveSide live;
    private final AtomicReference<@Nullable DisconnectReason> ended = new AtomicReference<>();
    private final Seat seat;
    private final HeardPlace heard;

    /** The place up to which its sink has been given everything. Written by the sink alone. */
    private volatile long handed;

    /** How many events its sink has been given. Written by the sink alone. */
    private volatile long delivered;

    /** Whether it has read from history, or from its outbox. Belongs to the sink. */
    private boolean begun;

    Subscriber(
            Hub hub,
            EventLog log,
            Subscription subscription,
            Start start,
            Sink sink,
            Outbox outbox,
            Seat seat,
            String id,
            Instant connectedAt) {
        this.id = id;
        this.connectedAt = connectedAt;
        this.hub = hub;
        this.log = log;
        this.terms = new Terms(subscription);
        this.start = start;
        this.sink = sink;
        this.live = new LiveSide(outbox);
        this.seat = seat;
        this.handed = start.after().place();
        this.heard = new HeardPlace(hub.freshness(), sink.hearsPositions(), handed);
    }

    /** The id that operators know it by: a {@code urn:uuid:}. */
    public String id() {
        return id;
    }

    /** When it came. */
    public Instant connectedAt() {
        return connectedAt;
    }

    /** How many events its sink has been given to write. */
    public long delivered() {
        return delivered;
    }

    /** How many events wait in its outbox; what waits in history is not counted. */
    public int queued() {
        return live.count();
    }

    /** The position of which its peer last heard, or is about to. */
    public Position told() {
        return start.after().at(heard.place());
    }

    /** What it asked for, and may have, now. */
    public Subscription subscription() {
        return terms.current();
    }

    /**
     * Changes what it asked for or may have, after the position that is returned. What came before is delivered, late
     * as it may be, as if nothing had changed, but for private events that the new grant does not cover.
     *
     * @param change makes the new subscription of the one that holds; it must not wait
     * @throws InvalidRequestException if it is refused, and everything stays as it is
     */
    public Position change(UnaryOperator<Subscription> change) {
        return start.after().at(hub.change(this, change));
    }

    /** The topics of an event it was given last that its peer may see, as {@link Subscription#visibleTopics}. */
    public List<String> visibleTopics(Event event) {
        return terms.visibleTopics(event);
    }

    /** How its stream begins. */
    public Start start() {
        return start;
    }

    /**
     * The next events to write, in the log's order; the sink has to write them all.
     *
     * @return empty when there is nothing now; or, while it {@linkplain #replaying is replaying}, when a page of
     *     history held nothing for it
     */
    public List<Event> next(int maxEvents, long maxBytes) {
        if (!terms.unchanged()) {
            terms.forget(done());
        }
        List<Event> events = take(maxEvents, maxBytes);
        while (terms.emptied(events)) {
            events = take(maxEvents, maxBytes);
        }
        long before = delivered;
        delivered = before + events.size();
        return events;
    }

    private List<Event> take(int maxEvents, long maxBytes) {
        if (live.hasJoinedBy(handed)) {
            List<Event> events = takeLive(maxEvents, maxBytes);
            if (!events.isEmpty() || !replaying()) {
                return events;
            }
            hub.join(this);
            if (live.hasJoinedBy(handed)) {
                return takeLive(maxEvents, maxBytes);
            }
        }
        List<Event> events = readOn(maxEvents, maxBytes);
        // With that page it may be live, and what came meanwhile has woken its sink already.
        return events.isEmpty() && !replaying() ? takeLive(maxEvents, maxBytes) : events;
    }

    /** Whether it reads history, or has to before it is live again; never once it has ended. */
    public boolean replaying() {
        return live.lacks(handed);
    }

    /** The position up to which nothing for this subscriber is outstanding; a peer that hears of any is about to. */
    public Position reached() {
        handed = done();
        heard.position(handed);
        return start.after().at(handed);
    }

    /** The place up to which it has been given everything. */
    private long done() {
        // Read before the outbox is looked at: what came later may be in there, what came earlier is not.
        long delivered = hub.delivered();
        return live.isIdle(handed) ? Math.max(handed, delivered) : handed;
    }

    /** Whether so many events went by unmatched that the peer should hear of the position it has reached. */
    public boolean stale() {
        return heard.isStale(nowReached());
    }

    /** Whether its peer should hear something at once: events, a gap, or a position before history passes its own. */
    public boolean hasNews() {
        return queued() > 0 || live.misses() || heard.fades(nowReached());
    }

    private long nowReached() {
        return replaying() ? handed : hub.delivered();
    }

    /** The gap, of passing events that a full outbox refused, to be told before what {@link #next} gives, or null; once. */
    public @Nullable Gap takeGap() {
        if (!live.misses()) {
            return null;
        }
        Gap gap = Gap.after(start.after().at(handed).toString(), log);
        live.missesNothingMore();
        return gap;
    }

    /**
     * Ends it, once: it gets nothing more and its sink is told why. Whichever call returns, it has left the registry.
     */
    public void end(DisconnectReason reason) {
        boolean first = ended.compareAndSet(null, reason);
        try {
            hub.leave(this, requireNonNull(ended.get()));
        } finally {
            if (first) {
                live.close();
                sink.end(reason);
            }
        }
    }

    /** Why it ended, or null while it has not. */
    public @Nullable DisconnectReason ended() {
        return ended.get();
    }

    /** What delivery knows of it. */
    Seat seat() {
        return seat;
    }

    /** Changed by the hub, behind what is under way. */
    Terms terms() {
        return terms;
    }

    /** Joins live delivery after a place; not while events are waiting. The hub calls this. */
    void join(long place) {
        live.join(Math.max(handed, place));
    }

    /** Takes events that one of its selectors matched, if they are for it. Delivery calls this, in the log's order. */
    void offer(Turn turn) {
        if (seat.admits(turn) && live.offer(turn.run())) {
            sink.wake();
        }
    }

    /** Wakes the sink when history may soon have passed the position that its peer was told of. */
    void wakeIfFading() {
        if (heard.fades(nowReached())) {
            sink.wake();
        }
    }

    private List<Event> takeLive(int maxEvents, long maxBytes) {
        List<Event> events = live.take(maxEvents, maxBytes);
        if (!events.isEmpty()) {
            begun = true;
            handed = Math.max(handed, events.get(events.size() - 1).place());
            heard.event(handed);
        }
        return events;
    }

    private List<Event> readOn(int maxEvents, long maxBytes) {
        long until = live.joined();
        List<Event> page = log.readAfter(handed, maxEvents, maxBytes);
        if (page == null) {
            fallenOut();
            return List.of();
        }
        begun = true;
        var events = new ArrayList<Event>();
        long read = handed;
        for (Event event : page) {
            if (event.place() > until) {
                break;
            }
            read = event.place();
            if (terms.want(event)) {
                events.add(event);
            }
        }
        handed = read;
        if (!events.isEmpty()) {
            heard.event(events.get(events.size() - 1).place());
        }
        return events;
    }

    /** History has moved past it. Who was only about to begin with what is held begins with what is held now. */
    private void fallenOut() {
        if (!begun && Position.EARLIEST.equals(start.lastEventId())) {
            handed = log.start().place();
            live.beginAfter(handed);
        } else {
            end(DisconnectReason.SLOW);
        }
    }
}
