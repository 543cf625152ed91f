package dev.tidings.hub;

import dev.tidings.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber may have missed events that history no longer has.
 *
 * @param requested the id from which it wanted to resume, or the position it had reached
 * @param oldest the position of the oldest event stored; null if there is none
 * @param isErased whether all of them were erased by an operator, so that a stream which cannot say so may go on
 */
public record Gap(String requested, @Nullable Position oldest, boolean isErased) {

    /** One of events that nothing has any more. */
    public Gap(String requested, @Nullable Position oldest) {
        this(requested, oldest, false);
    }

    static Gap after(String requested, EventLog log) {
        Position start = log.start();
        boolean empty = start.equals(log.end());
        return new Gap(requested, empty ? null : start.at(start.sequence() + 1));
    }

    /** The same, of events that were erased. */
    Gap ofErased() {
        return new Gap(requested, oldest, true);
    }
}
