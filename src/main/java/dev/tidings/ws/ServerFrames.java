package dev.tidings.ws;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.http.Json;
import dev.tidings.http.JsonMembers;
import dev.tidings.http.JsonValue;
import dev.tidings.http.Problem;
import dev.tidings.hub.Gap;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the text of every frame that the hub sends.
 *
 * <p>A {@code ref} is the JSON that the client wrote; null where it gave none.
 */
final class ServerFrames {

    private ServerFrames() {}

    static String welcome(String client, Position lastEventId, String server) {
        Map<String, Object> frame = frame("welcome");
        frame.put("client", client);
        frame.put("lastEventId", lastEventId.toString());
        frame.put("message", "Welcome to Tidings.");
        frame.put("server", server);
        return json(frame);
    }

    static String event(Event event, List<String> topics) {
        Map<String, Object> frame = frame("event");
        frame.put("id", event.id());
        frame.put("topics", topics);
        frame.put("event", event.type());
        frame.put("data", event.data());
        frame.put("time", JsonMembers.time(event));
        JsonMembers.putTrace(frame, event);
        return json(frame);
    }

    static String gap(Gap gap) {
        Map<String, Object> frame = frame("gap");
        frame.putAll(JsonMembers.of(gap));
        return json(frame);
    }

    static String position(Position reached) {
        Map<String, Object> frame = frame("position");
        frame.put("lastEventId", reached.toString());
        return json(frame);
    }

    static String caughtUp(Position reached) {
        Map<String, Object> frame = frame("caught-up");
        frame.put("lastEventId", reached.toString());
        return json(frame);
    }

    static String expiring(Instant expires) {
        Map<String, Object> frame = frame("expiring");
        frame.put("expires", expires.toString());
        return json(frame);
    }

    static String error(@Nullable String ref, Problem problem) {
        Map<String, Object> frame = answer("error", ref);
        frame.put("title", problem.title());
        frame.put("detail", problem.detail());
        return json(frame);
    }

    static String published(@Nullable String ref, String id) {
        Map<String, Object> frame = answer("published", ref);
        frame.put("id", id);
        return json(frame);
    }

    /** @param type {@code subscribed} or {@code unsubscribed} */
    static String changed(String type, @Nullable String ref, Position after) {
        Map<String, Object> frame = answer(type, ref);
        frame.put("lastEventId", after.toString());
        return json(frame);
    }

    static String renewed(@Nullable String ref, @Nullable Instant expires) {
        Map<String, Object> frame = answer("renewed", ref);
        frame.put("expires", expires == null ? null : expires.toString());
        return json(frame);
    }

    static String echo(@Nullable String ref, @Nullable JsonValue data) {
        Map<String, Object> frame = frame("echo");
        if (ref != null) {
            frame.put("ref", new RawValue(ref));
        }
        frame.put("data", data == null ? null : new RawValue(data.json()));
        return json(frame);
    }

    private static Map<String, Object> frame(String type) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", type);
        return frame;
    }

    private static Map<String, Object> answer(String type, @Nullable String ref) {
        Map<String, Object> frame = frame(type);
        frame.put("ref", raw(ref));
        return frame;
    }

    private static @Nullable RawValue raw(@Nullable String json) {
        return json == null ? null : new RawValue(json);
    }

    private static String json(Map<String, Object> frame) {
        return Json.text(frame);
    }
}
