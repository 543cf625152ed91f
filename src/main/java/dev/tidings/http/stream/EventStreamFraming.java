package dev.tidings.http.stream;

import dev.tidings.event.Event;
import dev.tidings.stream.Framing;
import java.util.List;

/**
 * The events of a {@code text/event-stream}, whatever else a stream says: their own shared frames, one after the other.
 *
 * <p><b>Threads.</b> Any. The returned array may be shared; do not change it.
 */
public abstract class EventStreamFraming implements Framing<byte[]> {

    private final JoinedFrames joined;

    protected EventStreamFraming() {
        this.joined = new JoinedFrames();
    }

    /** Shares what it writes with others of its kind. */
    EventStreamFraming(EventStreamFraming other) {
        this.joined = other.joined;
    }

    @Override
    public final byte[] events(List<Event> events) {
        if (events.size() == 1) {
            return event(events.get(0));
        }
        var frames = new byte[events.size()][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = event(events.get(i));
        }
        return joined.of(frames);
    }

    /** The frame of one event, shared. */
    byte[] event(Event event) {
        return event.frame();
    }
}
