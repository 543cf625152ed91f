package dev.tidings.http;

import dev.tidings.event.Event;
import dev.tidings.event.EventFrame;
import dev.tidings.hub.Subscription;
import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * The bytes of a stream with {@code frame=json}: everything an event is, in the data, for readers that
 * cannot listen for types they do not know yet.
 *
 * <p>Shows only the topics that its own subscription may see, so these frames are encoded for each
 * stream.
 */
final class JsonFraming extends EventsFraming {

    private final Subscription subscription;

    JsonFraming(Duration retry, Subscription subscription) {
        super(retry);
        this.subscription = subscription;
    }

    @Override
    public byte[] event(Event event) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", event.id());
        data.put("topics", subscription.visibleTopics(event));
        data.put("type", event.type());
        data.put("data", event.data());
        data.put("time", event.time().toString());
        return EventFrame.event(null, event.retry(), event.id(), json(data));
    }
}
