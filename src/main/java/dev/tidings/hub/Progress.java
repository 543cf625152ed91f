package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * How far one stream has come, and where its next events come from.
 *
 * <p>A stream has read up to one sequence number, and joined live delivery at another. It reads history until it has come to
 * where it joined. The events after that wait in the {@link Outbox}. From the first event that a full outbox refuses, the outbox
 * takes nothing more until the stream has emptied it and joins again. So nothing is missing between two events in it.
 *
 * <p><b>Threads.</b> Any thread may ask. Delivery calls {@link #offer}, and the stream calls the others. The monitor is held for
 * a few field accesses an event.
 */
final class Progress {

    private final Outbox outbox;

    private volatile SubscriberState state = SubscriberState.REPLAYING;

    /** The sequence number up to which the stream has been given everything. */
    private volatile long read;

    /** The sequence number after which live delivery comes through the outbox. */
    private long joined;

    /** Whether the outbox has refused an event since it joined. */
    private boolean overflowed;

    /** Whether a passing event was refused, or did not come, which no history holds. */
    private boolean missed;

    /** Whether an event was erased that may have been for it, and of which its peer was not told. */
    private boolean erased;

    /** @param read the sequence number after which the stream begins */
    Progress(Outbox outbox, long read) {
        this.outbox = outbox;
        this.read = read;
    }

    SubscriberState state() {
        return state;
    }

    /** The sequence number up to which the stream has been given everything. */
    long read() {
        return read;
    }

    /** Joins live delivery after a sequence number, or after what it has read if that is later. Not while events wait. */
    synchronized void join(long sequence) {
        if (outbox.isEmpty()) {
            joined = Math.max(read, sequence);
            overflowed = false;
            settle();
        }
    }

    /** Takes in the events that came after it joined, as far as there is room. Returns whether it took any. */
    synchronized boolean offer(List<Event> events) {
        boolean taken = false;
        for (int i = 0; i < events.size(); i++) {
            taken |= offer(events.get(i));
        }
        return taken;
    }

    private boolean offer(Event event) {
        boolean before = event.passing() ? event.sequence() < joined : event.sequence() <= joined;
        if (before || state == SubscriberState.ENDED) {
            return false;
        }
        if (!overflowed && outbox.offer(event)) {
            return true;
        }
        overflowed = true;
        missed |= event.passing();
        settle();
        return false;
    }

    /** Takes the oldest events that wait. None while history before them has to be read. */
    synchronized List<Event> take(int maxEvents, long maxBytes) {
        if (read < joined || erased || outbox.isEmpty()) {
            return List.of();
        }
        var events = new ArrayList<Event>(Math.min(outbox.count(), maxEvents));
        outbox.drainTo(events, maxEvents, maxBytes);
        read = Math.max(read, events.get(events.size() - 1).sequence());
        return events;
    }

    /** Whether it has read up to where it joined, so that the events that wait are next. */
    synchronized boolean hasJoined() {
        return read >= joined;
    }

    /** The sequence number up to which history has to be read. */
    synchronized long joined() {
        return joined;
    }

    /** Notes that history was read up to this sequence number. */
    synchronized void readTo(long sequence) {
        read = sequence;
        settle();
    }

    /** Skips to a sequence number, because history has nothing before it. Earlier events that wait are dropped, too. */
    synchronized void skipTo(long sequence) {
        read = sequence;
        joined = Math.max(joined, sequence);
        outbox.forget(sequence);
        settle();
    }

    /**
     * The sequence number up to which nothing is outstanding.
     *
     * @param delivered how far delivery had come before this was called
     */
    synchronized long completed(long delivered) {
        boolean isIdle = state != SubscriberState.REPLAYING && outbox.isEmpty();
        return isIdle ? Math.max(read, delivered) : read;
    }

    /**
     * Where an event is that this stream is to have.
     *
     * @param verdict delivered, waiting or replaying
     * @param before how many events wait before it
     */
    record Place(Verdict verdict, int before) {}

    /** Where the event with this sequence number is, if it is for this stream and came after it began. */
    synchronized Place place(long sequence) {
        if (sequence <= read) {
            return new Place(Verdict.DELIVERED, 0);
        }
        return state == SubscriberState.REPLAYING
                ? new Place(Verdict.REPLAYING, 0)
                : new Place(Verdict.WAITING, outbox.countBefore(sequence));
    }

    /** Counts everything as read up to where nothing is outstanding, as {@link #completed}. */
    synchronized long advance(long delivered) {
        read = completed(delivered);
        return read;
    }

    /** Whether its peer is to be told of a gap now: all that came before a passing event is taken which was refused or did not come. */
    synchronized boolean hasMissed() {
        return erased || isMissed();
    }

    /** Whether that is so, and not only because of an event that was erased. */
    synchronized boolean isMissed() {
        return missed && outbox.isEmpty();
    }

    /** Notes that an event was erased. Nothing more is taken until its peer is told. */
    synchronized void missErased() {
        erased = true;
    }

    /** Notes that a passing event did not come. */
    synchronized void miss() {
        missed = true;
    }

    /** Forgets what was missed, since the peer is told of it. */
    synchronized void clearMissed() {
        missed &= !isMissed();
        erased = false;
    }

    /** How many events wait in the outbox. */
    synchronized int count() {
        return outbox.count();
    }

    /** Drops what waits, and takes nothing more. */
    synchronized void end() {
        become(SubscriberState.ENDED);
        outbox.clear();
    }

    private void settle() {
        if (state != SubscriberState.ENDED) {
            become(overflowed || read < joined ? SubscriberState.REPLAYING : SubscriberState.LIVE);
        }
    }

    private void become(SubscriberState next) {
        if (state != next) {
            state = state.to(next);
        }
    }
}
