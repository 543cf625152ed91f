package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives events their sequence numbers, from a log's end on.
 *
 * <p><b>Threads.</b> One. Nobody else may move the log's end until these events are in it.
 */
public final class Sequencer {

    private final Retention retention;
    private final Instant now;
    private final List<Event> stored = new ArrayList<>();
    private Position last;

    /**
     * @param end the log's end, behind which the first event comes
     * @param now the time that all of them get
     */
    Sequencer(Position end, Retention retention, Instant now) {
        this.last = end;
        this.retention = retention;
        this.now = now;
    }

    /** The events that these become. */
    public List<Event> accept(List<PublishRequest> requests) {
        return requests.stream().map(this::accept).toList();
    }

    /** Those among all that were accepted which the log keeps. */
    public List<Event> stored() {
        return stored;
    }

    private Event accept(PublishRequest request) {
        if (retention.skips(request)) {
            return Event.passing(last, request, now);
        }
        last = last.at(last.sequence() + 1);
        Event event = Event.kept(last, request, now);
        stored.add(event);
        return event;
    }
}
