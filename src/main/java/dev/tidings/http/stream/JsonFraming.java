package dev.tidings.http.stream;

import dev.tidings.event.Event;
import dev.tidings.event.EventFrame;
import dev.tidings.http.Json;
import dev.tidings.http.JsonMembers;
import dev.tidings.hub.Subscription;
import dev.tidings.stream.SharedFrames;
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

    JsonFraming(EventsFraming shared, boolean caughtUp, Subscription subscription, SharedFrames<byte[]> frames) {
        super(shared, caughtUp);
        this.subscription = subscription;
        this.frames = frames;
    }

    @Override
    byte[] event(Event event) {
        return frames.of(event, subscription.visibleTopics(event));
    }

    /** The frame of an event with those of its topics that are seen. */
    public static byte[] encode(Event event, List<String> topics) {
        return EventFrame.event(null, event.retry(), event.id(), Json.text(JsonMembers.of(event, topics)));
    }
}
