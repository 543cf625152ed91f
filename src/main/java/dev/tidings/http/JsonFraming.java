package dev.tidings.http;

import dev.tidings.event.Event;
import dev.tidings.hub.Subscription;
import java.time.Duration;

/**
 * The bytes of a stream with {@code frame=json}: everything an event is, in the data, for readers that
 * cannot listen for types they do not know yet.
 *
 * <p>Shows only the topics that its own subscription may see.
 */
final class JsonFraming extends EventsFraming {

    private final Subscription subscription;
    private final JsonFrames frames;

    JsonFraming(Duration retry, Subscription subscription, JsonFrames frames) {
        super(retry);
        this.subscription = subscription;
        this.frames = frames;
    }

    @Override
    public byte[] event(Event event) {
        return frames.of(event, subscription.visibleTopics(event));
    }
}
