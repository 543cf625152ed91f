package dev.tidings.http;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.Gap;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every kind of stream says in the same words of JSON. */
public final class JsonMembers {

    private JsonMembers() {}

    /** What a gap is, member by member. */
    public static Map<String, Object> of(Gap gap) {
        Position oldest = gap.oldest();
        var members = new LinkedHashMap<String, Object>();
        members.put("requested", gap.requested());
        members.put("oldest", oldest == null ? null : oldest.toString());
        return members;
    }

    /** When the log accepted an event. */
    public static String time(Event event) {
        return event.time().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
