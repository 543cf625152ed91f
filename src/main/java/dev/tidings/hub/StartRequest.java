package dev.tidings.hub;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscriber asks its stream to begin.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @see StartingPoint for where it does begin
 */
public sealed interface StartRequest {

    /** With what is published from now on. */
    StartRequest NOW = new Now();

    /** After this id if there is one, and now if there is none. */
    static StartRequest after(@Nullable String lastEventId) {
        return lastEventId == null ? NOW : new After(lastEventId);
    }

    /** With what is published from now on. */
    record Now() implements StartRequest {}

    /**
     * After an event or a position.
     *
     * @param lastEventId its id, or {@link dev.tidings.event.Position#EARLIEST} for all that is stored
     */
    record After(String lastEventId) implements StartRequest {}

    /** With the first stored event that was accepted at a time or later. */
    record Since(Instant time) implements StartRequest {}

    /** With the newest stored events that are for it, at most so many. */
    record Last(int events) implements StartRequest {}

    /** With the newest stored event of each first topic, among those that are for it. */
    record Latest() implements StartRequest {}
}
