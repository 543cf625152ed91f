package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.OperatorTopics;
import dev.tidings.event.selector.EventTopics;
import java.util.List;

/**
 * Events that are delivered in one go, with what is needed to find those they are for.
 *
 * <p><b>Threads.</b> Delivery's alone.
 */
final class Batch {

    private final long number;
    private final List<Event> events;
    private final EventTopics topics;

    /**
     * @param number one that differs each time, and is never 0
     * @param events that follow each other: public ones with the same topics, or a private one
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

    /** What all of them are about. */
    EventTopics topics() {
        return topics;
    }

    boolean isPrivate() {
        return events.get(0).isPrivate();
    }

    /** Whether it is of what the hub tells of itself, which is for operators alone. */
    boolean isOperators() {
        return isPrivate() && OperatorTopics.include(topics.asList());
    }
}
