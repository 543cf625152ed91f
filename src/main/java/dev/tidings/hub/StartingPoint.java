package dev.tidings.hub;

import dev.tidings.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * How a subscriber's stream begins.
 *
 * @param after the position after which it reads
 * @param lastEventId what the response says of the resume: the id asked for when it is held, otherwise
 *     {@link Position#EARLIEST}; null when none was asked for
 * @param gap what the stream says before anything else, or null
 */
public record StartingPoint(
        Position after,
        @Nullable String lastEventId,
        @Nullable Gap gap) {

    /**
     * The id that its peer resumes from until the first event has come: the id asked for where it is held, else a
     * position.
     */
    public String primed() {
        return lastEventId == null || lastEventId.equals(Position.EARLIEST) ? after.toString() : lastEventId;
    }

    /** Begins where the subscription asks to, as far as the log still holds that. */
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
