package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber is not given of what was stored when it began: events that are not {@linkplain ChosenEvents chosen}. And of which
 * erased events its peer was told.
 *
 * <p><b>Threads.</b> One: that of the subscriber's sink.
 */
final class HistoryFilter {

    /** What the subscriber begins with, until that is read. */
    private @Nullable ChosenEvents chosen;

    /** The peer was told, or needs not be told, of a gap for the erased events up to this sequence number. */
    private long toldUntil;

    /**
     * @param start how the subscriber begins
     * @param stored the sequence number up to which events are stored. Who resumes is told of a gap for one that was erased. Who
     *     begins with what is stored misses nothing by it
     */
    HistoryFilter(StartingPoint start, long stored) {
        this.chosen = start.chosen();
        this.toldUntil = start.fromWhatIsStored() ? stored : 0;
    }

    /** The sequence number after which history is read on that was read to another; all between the two is left out. */
    long skip(long read, long until) {
        return chosen == null ? read : Math.max(read, Math.min(until, chosen.beforeNext(read)));
    }

    /** Whether this event is not left out. */
    boolean has(Event event) {
        return chosen == null || event.passing() || event.sequence() > chosen.last() || chosen.has(event.sequence());
    }

    /**
     * Removes what is left out. That is needed of live events, too: delivery may be behind the log's end, from which the choice was
     * made.
     *
     * @param read the sequence number up to which all is read
     * @return whether that left nothing of some events
     */
    boolean empties(List<Event> events, long read) {
        if (chosen == null || events.isEmpty()) {
            return false;
        }
        events.removeIf(event -> !has(event));
        if (read >= chosen.last()) {
            chosen = null;
        }
        return events.isEmpty();
    }

    /** Whether the peer is to be told of a gap if this event was erased. */
    boolean isNews(Event event) {
        return event.sequence() > toldUntil;
    }

    /** Notes that the peer is told of a gap, once for all that was erased up to this sequence number. */
    void told(long sequence) {
        toldUntil = sequence;
    }
}
