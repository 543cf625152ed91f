package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.OperatorTopics;
import dev.tidings.event.selector.EventTopics;
import java.util.List;

/**
 * Events that are offered in one go, with what is needed to find their recipients.
 *
 * <p><b>Threads.</b> The delivering thread alone.
 */
final class Batch {

    private final long number;
    private final List<Event> events;
    private final EventTopics topics;

    /**
     * @param number differs from that of every other batch, and is never 0
     * @param events in their order: public ones with the same topics, or one private one
     */
    Batch(long number, List<Event> events) {
        this.number = number;
        this.events = events;
        this.topics = new EventTopics(events.get(0).topics());
    }

    long number() {
        return number;
    }

    List<Event> events() {
        return events;
    }

    /** The topics of each of the events. */
    EventTopics topics() {
        return topics;
    }

    /** Whether it is one event that was erased before it came here. */
    boolean isErased() {
        return events.get(0).isErased();
    }

    boolean isPrivate() {
        return events.get(0).isPrivate();
    }

    /** Whether it is an event of the hub's own, which is for operators alone. */
    boolean isOperators() {
        return isPrivate() && OperatorTopics.include(topics.asList());
    }
}
