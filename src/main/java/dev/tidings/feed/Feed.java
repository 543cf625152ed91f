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

    /** All topics of feeds begin with this. */
    String PREFIX = "/feeds";

    /** Returns the last part of the feed's topic, and of its page's address. */
    String path();

    /** Returns the time from one turn to the next. */
    Duration pause();

    /** Returns the event to publish in this turn, or null for none. */
    @Nullable
    PublishRequest next(Instant now);

    /** Called when a first viewer has come, after a time without viewers. */
    default void begin() {
        // Most go on where they stopped.
    }

    /** Whether its events are stored in history. Most feeds publish passing events. */
    default boolean kept() {
        return false;
    }

    /** Returns the topic that it publishes on. */
    default String topic() {
        return PREFIX + "/" + path();
    }

    /** Makes an event of this feed: public, of the default type. */
    default PublishRequest event(String data) {
        return event(null, data);
    }

    /** Makes an event of this feed: public, of this type. */
    default PublishRequest event(@Nullable String type, String data) {
        return new PublishRequest(List.of(topic()), type, data, null, null, false);
    }
}
