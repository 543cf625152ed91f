package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives events their sequence numbers, beginning after the log's end.
 *
 * <p><b>Threads.</b> One. No other thread may add to the log until these events are in it.
 */
public final class Sequencer {

    private final Retention retention;
    private final Instant now;
    private final List<Event> stored = new ArrayList<>();
    private Position last;

    /**
     * @param end the position of the newest event in the log
     * @param now the time that all events get
     */
    Sequencer(Position end, Retention retention, Instant now) {
        this.last = end;
        this.retention = retention;
        this.now = now;
    }

    /** Makes events of these requests; passing ones where the log does not store them. */
    public List<Event> accept(List<PublishRequest> requests) {
        return requests.stream().map(this::accept).toList();
    }

    /** The events that the log has to store, of all that were accepted. */
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
