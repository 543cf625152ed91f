package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.List;

/**
 * Takes what a log accepts, in the log's order.
 *
 * <p><b>Threads.</b> One thread at a time, that of the log, holding no lock of the log.
 */
@FunctionalInterface
public interface LogListener {

    /** The next events, in order; never empty. */
    void accepted(List<Event> events);

    /**
     * The log begins anew: events that were handed over may not be in it any more. The next event has the sequence number after
     * this one, which may be lower than those before. From here on {@link EventLog#positions} gives other positions.
     *
     * <p>Only a log that is outside this process does this: when it has been reached for the first time, and when it has lost
     * events.
     */
    default void begins(long sequence) {
        // A log of this process begins once, before anybody follows it.
    }

    /**
     * Passing events may be missing here. They are not stored, so nothing can bring them back.
     *
     * @param byAll whether they may have been for any subscriber, and not only for those that operate the hub
     */
    default void missed(boolean byAll) {
        // A log of this process hands over all of them.
    }
}
