package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.EventLog;
import java.time.Duration;
import java.util.List;

/** What the tests of the file log publish and read. */
public final class Requests {

    public static final Retention AMPLE =
            new Retention(1_000_000, Duration.ofHours(1), 1L << 40, SelectorSet.of(List.of()));

    /** Publishers that wait as long as a loaded machine may take. */
    public static final BoundedWait WAIT = new BoundedWait(Duration.ofSeconds(30));

    private Requests() {}

    public static PublishRequest of(String data) {
        return new PublishRequest(List.of("/a"), null, data, null, null, false);
    }

    public static PublishRequest withId(String id) {
        return new PublishRequest(List.of("/a"), null, "data", id, null, false);
    }

    public static Event append(EventLog log, String data) {
        return log.append(List.of(of(data))).get(0);
    }

    /** All that is held. */
    public static List<Event> events(EventLog log) {
        return log.readAfter(log.start().sequence(), Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    public static List<String> data(EventLog log) {
        return events(log).stream().map(Event::data).toList();
    }

    public static List<String> ids(List<Event> events) {
        return events.stream().map(Event::id).toList();
    }
}
