package dev.tidings.http.stream;

import dev.tidings.event.Event;
import dev.tidings.event.EventFrame;
import dev.tidings.http.Json;
import dev.tidings.http.JsonMembers;
import dev.tidings.hub.Subscription;
import dev.tidings.stream.SharedFrames;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The bytes of a stream with {@code frame=json}: everything an event is, in the data, for readers that
 * cannot listen for types they do not know yet.
 *
 * <p>Shows only the topics that its own subscription may see.
 */
public final class JsonFraming extends EventsFraming {

    private final Subscription subscription;
    private final SharedFrames<byte[]> frames;

    JsonFraming(EventsFraming shared, Subscription subscription, SharedFrames<byte[]> frames) {
        super(shared);
        this.subscription = subscription;
        this.frames = frames;
    }

    @Override
    byte[] event(Event event) {
        return frames.of(event, subscription.visibleTopics(event));
    }

    /** The frame of an event with those of its topics that are seen. */
    public static byte[] encode(Event event, List<String> topics) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", event.id());
        data.put("topics", topics);
        data.put("type", event.type());
        data.put("data", event.data());
        data.put("time", JsonMembers.time(event));
        JsonMembers.putTrace(data, event);
        return EventFrame.event(null, event.retry(), event.id(), Json.text(data));
    }
}
