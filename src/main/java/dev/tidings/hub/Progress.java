package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * How far one stream has come, and where its next events come from: the sequence number it has read to, the sequence number at which it joined
 * live delivery, and the {@link Outbox} that what comes after that waits in.
 *
 * <p>Up to the sequence number of joining it reads history. Between joining and the first event that a full outbox refuses, nothing is
 * missing in the outbox; from then on it takes nothing more until the stream has emptied it and joins again.
 *
 * <p><b>Threads.</b> Any may ask, {@link #offer} is delivery's, the others are the stream's. The monitor is held for a few
 * field accesses for each event.
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

    /** Whether a passing event was refused, which no history holds. */
    private boolean missed;

    /** @param read where the stream begins */
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

    /** Joins live delivery after a sequence number, or where it has read to if that is later; not while events wait, which come first. */
    synchronized void join(long sequence) {
        if (outbox.isEmpty()) {
            joined = Math.max(read, sequence);
            overflowed = false;
            settle();
        }
    }

    /** Takes events in, as far as they came after the sequence number of joining and there is room; whether it took any. */
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

    /** The oldest events that wait, which are read with this; none while history before them has to be read. */
    synchronized List<Event> take(int maxEvents, long maxBytes) {
        if (read < joined || outbox.isEmpty()) {
            return List.of();
        }
        var events = new ArrayList<Event>(Math.min(outbox.count(), maxEvents));
        outbox.drainTo(events, maxEvents, maxBytes);
        read = Math.max(read, events.get(events.size() - 1).sequence());
        return events;
    }

    /** Whether it has come to the sequence number of joining, so that what waits is next. */
    synchronized boolean hasJoined() {
        return read >= joined;
    }

    /** The sequence number up to which history has to be read. */
    synchronized long joined() {
        return joined;
    }

    /** History was read up to this sequence number. */
    synchronized void readTo(long sequence) {
        read = sequence;
        settle();
    }

    /** Goes on after a sequence number, since history holds nothing before it: what came before is not to come live either. */
    synchronized void skipTo(long sequence) {
        read = sequence;
        joined = Math.max(joined, sequence);
        outbox.forget(sequence);
        settle();
    }

    /** The sequence number up to which nothing is outstanding, of what delivery had come to before this was called. */
    synchronized long completed(long delivered) {
        boolean isIdle = state != SubscriberState.REPLAYING && outbox.isEmpty();
        return isIdle ? Math.max(read, delivered) : read;
    }

    /** Reads on to where nothing is outstanding, as {@link #completed}. */
    synchronized long advance(long delivered) {
        read = completed(delivered);
        return read;
    }

    /** Whether a passing event was refused, and all that came before it is taken. */
    synchronized boolean hasMissed() {
        return missed && outbox.isEmpty();
    }

    /** The stream's peer hears of what was missed so far. */
    synchronized void clearMissed() {
        missed = false;
    }

    /** How many events wait in the outbox. */
    synchronized int count() {
        return outbox.count();
    }

    /** Lets go of what waits and takes nothing more. */
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
