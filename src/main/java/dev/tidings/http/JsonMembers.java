package dev.tidings.http;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.Gap;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Members of JSON that every kind of stream writes the same way. */
public final class JsonMembers {

    private JsonMembers() {}

    /** The members of a gap. */
    public static Map<String, Object> of(Gap gap) {
        Position oldest = gap.oldest();
        var members = new LinkedHashMap<String, Object>();
        members.put("requested", gap.requested());
        members.put("oldest", oldest == null ? null : oldest.toString());
        return members;
    }

    /**
     * The members of an event, whoever reads it.
     *
     * @param topics those that the reader may know
     */
    public static Map<String, Object> of(Event event, List<String> topics) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", event.id());
        members.put("topics", topics);
        members.put("type", event.type());
        members.put("data", event.data());
        members.put("time", time(event));
        putTrace(members, event);
        return members;
    }

    /** Adds the trace that an event is part of, if there is one. */
    public static void putTrace(Map<String, Object> members, Event event) {
        if (event.traceparent() != null) {
            members.put("traceparent", event.traceparent());
        }
    }

    /** The time at which the log accepted an event, as {@link #time(Instant)}. */
    public static String time(Event event) {
        return time(event.time());
    }

    /** A time in ISO-8601, to the millisecond: the same everywhere, so that times can be compared. */
    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
