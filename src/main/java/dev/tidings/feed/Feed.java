package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One feed: what it publishes, on which topic, and how often.
 *
 * <p><b>Threads.</b> {@link #next} is called by one thread at a time.
 */
public interface Feed {

    /** What all topics of feeds begin with. */
    String PREFIX = "/feeds";

    /** The last part of its topic, and of its page's address. */
    String path();

    /** How long it waits after each event. */
    Duration pause();

    /** The next event's data. */
    String next(Instant now);

    /** Where it publishes. */
    default String topic() {
        return PREFIX + "/" + path();
    }

    /** The next event: public, on its topic. */
    default PublishRequest event(Instant now) {
        return new PublishRequest(List.of(topic()), null, next(now), null, null, false);
    }
}
