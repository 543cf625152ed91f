package dev.tidings.hub;

import dev.tidings.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * How a subscriber's stream begins.
 *
 * @param after the position after which it reads
 * @param lastEventId the response's {@code Last-Event-ID}: the id asked for if it is stored, otherwise
 *     {@link Position#EARLIEST}; null if none was asked for
 * @param gap what the stream sends before any event, or null
 * @param fromWhatIsStored whether it begins as far back as history still reaches, if that has moved past {@code after} before the
 *     first event is read
 * @param chosen the only events that it gets, of those up to the newest of them; null for all that are for it
 */
public record StartingPoint(
        Position after,
        @Nullable String lastEventId,
        @Nullable Gap gap,
        boolean fromWhatIsStored,
        @Nullable ChosenEvents chosen) {

    /** Begins after a position, with all that is for it. */
    public StartingPoint(Position after, @Nullable String lastEventId, @Nullable Gap gap) {
        this(after, lastEventId, gap, Position.EARLIEST.equals(lastEventId), null);
    }

    /**
     * The id from which its peer resumes until the first event has come: the id asked for if it is stored, otherwise a position.
     */
    public String primed() {
        return lastEventId == null || lastEventId.equals(Position.EARLIEST) ? after.toString() : lastEventId;
    }

    /** Begins with what comes after the log's end. */
    static StartingPoint at(Position end) {
        return new StartingPoint(end, null, null);
    }

    /** Begins within history, with all that is for it or with what is chosen. */
    static StartingPoint within(Position after, @Nullable ChosenEvents chosen) {
        return new StartingPoint(after, null, null, true, chosen);
    }

    /** Begins after the id that was asked for, as far as what comes after it is still stored. */
    static StartingPoint after(String requested, EventLog log) {
        boolean earliest = requested.equals(Position.EARLIEST);
        Position known = earliest ? null : log.find(requested);
        if (known != null) {
            return new StartingPoint(known, requested, null);
        }
        Gap gap = earliest ? null : Gap.after(requested, log);
        return new StartingPoint(log.start(), Position.EARLIEST, gap);
    }
}
