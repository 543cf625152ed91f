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
 */
public record StartingPoint(
        Position after,
        @Nullable String lastEventId,
        @Nullable Gap gap) {

    /**
     * The id from which its peer resumes until the first event has come: the id asked for if it is stored, otherwise a position.
     */
    public String primed() {
        return lastEventId == null || lastEventId.equals(Position.EARLIEST) ? after.toString() : lastEventId;
    }

    /** The beginning that was asked for, as far as it is still stored. */
    static StartingPoint of(@Nullable String requested, EventLog log) {
        if (requested == null) {
            Position end = log.end();
            return new StartingPoint(end, null, null);
        }
        Position known = requested.equals(Position.EARLIEST) ? null : log.find(requested);
        if (known != null) {
            return new StartingPoint(known, requested, null);
        }
        Gap gap = requested.equals(Position.EARLIEST) ? null : Gap.after(requested, log);
        Position start = log.start();
        return new StartingPoint(start, Position.EARLIEST, gap);
    }
}
