package dev.tidings.hub;

import dev.tidings.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * That a subscriber may have missed events which history no longer holds.
 *
 * @param requested the id it wanted to resume from, or the position it had reached
 * @param oldest the position of the oldest event held; null when none is
 */
public record Gap(String requested, @Nullable Position oldest) {

    static Gap after(String requested, EventLog log) {
        Position start = log.start();
        boolean empty = start.equals(log.end());
        return new Gap(requested, empty ? null : start.at(start.sequence() + 1));
    }
}
