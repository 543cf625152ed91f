package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.EventTopics;
import dev.tidings.event.OperatorTopics;
import java.util.List;

/**
 * One run of events on its way to those it is for, with what is needed to find them.
 *
 * <p><b>Threads.</b> Delivery's alone.
 */
final class Turn {

    private final long number;
    private final List<Event> run;
    private final EventTopics topics;

    /**
     * @param number one that differs each time, and is never 0
     * @param run events that follow each other: public ones with the same topics, or a private one
     */
    Turn(long number, List<Event> run) {
        this.number = number;
        this.run = run;
        this.topics = new EventTopics(run.get(0).topics());
    }

    long number() {
        return number;
    }

    List<Event> run() {
        return run;
    }

    /** What all of them are about. */
    EventTopics topics() {
        return topics;
    }

    boolean isPrivate() {
        return run.get(0).isPrivate();
    }

    /** Whether it is of what the hub tells of itself, which is for operators alone. */
    boolean isOperators() {
        return isPrivate() && OperatorTopics.include(topics.asList());
    }
}
