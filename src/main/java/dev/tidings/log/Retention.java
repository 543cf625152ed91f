package dev.tidings.log;

import dev.tidings.event.PublishRequest;
import dev.tidings.event.SelectorSet;
import java.time.Duration;

/**
 * How much history a log keeps: until the first of these is reached.
 *
 * @param events the most events, at least 1
 * @param age how old the oldest may be
 * @param bytes the most bytes, by {@link dev.tidings.event.Event#size}
 * @param skip events with a topic that one of these matches are delivered live and not kept
 */
public record Retention(int events, Duration age, long bytes, SelectorSet skip) {

    boolean skips(PublishRequest request) {
        return skip.matchesAny(request.topics());
    }
}
