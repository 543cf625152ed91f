package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One feed: what it publishes, on which topic, and how often.
 *
 * <p><b>Threads.</b> {@link #begin} and {@link #next} are called by one thread.
 */
public interface Feed {

    /** What all topics of feeds begin with. */
    String PREFIX = "/feeds";

    /** The last part of its topic, and of its page's address. */
    String path();

    /** How long it waits from one turn to the next. */
    Duration pause();

    /** What it publishes in this turn, or null for nothing. */
    @Nullable
    PublishRequest next(Instant now);

    /** Its first viewer has come, after a time without any. */
    default void begin() {
        // Most go on where they stopped.
    }

    /** Whether its events are kept in history like anybody's; most are passing events. */
    default boolean kept() {
        return false;
    }

    /** Where it publishes. */
    default String topic() {
        return PREFIX + "/" + path();
    }

    /** An event of its own: public, of the default type. */
    default PublishRequest event(String data) {
        return event(null, data);
    }

    /** An event of its own: public, of this type. */
    default PublishRequest event(@Nullable String type, String data) {
        return new PublishRequest(List.of(topic()), type, data, null, null, false);
    }
}
