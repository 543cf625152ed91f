package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * What reaches a subscriber the live way: the place at which it joined delivery, and the {@link Outbox} that what comes
 * after that waits in.
 *
 * <p>Between joining and the first event that a full outbox refuses, nothing is missing in it; from then on it takes
 * nothing more until its subscriber has emptied it and joins again.
 *
 * <p><b>Threads.</b> Any. Its monitor is held for a few field accesses.
 */
final class LiveSide {

    private final Outbox outbox;

    /** The place after which live delivery comes through the outbox. */
    private long joined;

    /** Whether the outbox has refused an event since it joined. */
    private boolean behind;

    /** Whether a passing event was refused, which no history holds. */
    private boolean missed;

    private boolean closed;

    LiveSide(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Joins at a place; not while events are waiting, since those come first. */
    synchronized void join(long place) {
        if (outbox.isEmpty()) {
            joined = place;
            behind = false;
        }
    }

    /** Takes events in, as far as they came after the place of joining and there is room; whether it took any. */
    synchronized boolean offer(List<Event> run) {
        boolean taken = false;
        for (int i = 0; i < run.size(); i++) {
            taken |= offer(run.get(i));
        }
        return taken;
    }

    private boolean offer(Event event) {
        boolean before = event.passing() ? event.place() < joined : event.place() <= joined;
        if (before || closed) {
            return false;
        }
        if (!behind && outbox.offer(event)) {
            return true;
        }
        behind = true;
        missed |= event.passing();
        return false;
    }

    /** The oldest events that wait. */
    synchronized List<Event> take(int maxEvents, long maxBytes) {
        if (outbox.isEmpty()) {
            return List.of();
        }
        var events = new ArrayList<Event>(Math.min(outbox.count(), maxEvents));
        outbox.drainTo(events, maxEvents, maxBytes);
        return events;
    }

    /** The place up to which history has to be read. */
    synchronized long joined() {
        return joined;
    }

    /** Whether a subscriber that has come to this place may take what waits here. */
    synchronized boolean hasJoinedBy(long place) {
        return place >= joined;
    }

    /** Whether a subscriber that has come to this place has to read history. */
    synchronized boolean lacks(long place) {
        return !closed && (behind || place < joined);
    }

    /** Whether a subscriber that has come to this place has everything there is for it. */
    synchronized boolean isIdle(long place) {
        return !lacks(place) && outbox.isEmpty();
    }

    /** Whether a passing event was refused, and all that came before it is taken. */
    synchronized boolean misses() {
        return missed && outbox.isEmpty();
    }

    /** The subscriber's peer hears of what was missed so far. */
    synchronized void missesNothingMore() {
        missed = false;
    }

    /** Skips what history no longer holds: it is not to come the live way either, from a delivery that is behind. */
    synchronized void beginAfter(long place) {
        joined = Math.max(joined, place);
        outbox.forget(place);
    }

    synchronized int count() {
        return outbox.count();
    }

    /** Lets go of what waits and takes nothing more. */
    synchronized void close() {
        closed = true;
        outbox.clear();
    }
}
