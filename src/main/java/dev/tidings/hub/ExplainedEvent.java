package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.OperatorTopics;
import dev.tidings.event.PublishRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of which somebody asks why a user got it or not: one that is stored, or one that might be published.
 *
 * @param topics its topics, one at least
 * @param isPrivate whether a grant is needed to receive it
 * @param sequence its sequence number; null if it was not published
 */
public record ExplainedEvent(
        List<String> topics, boolean isPrivate, @Nullable Long sequence) {

    /** A stored event. */
    public static ExplainedEvent of(Event event) {
        return new ExplainedEvent(event.topics(), event.isPrivate(), event.sequence());
    }

    /** One that might be published. */
    public static ExplainedEvent of(PublishRequest request) {
        // What the hub tells its operators is private, too.
        boolean isPrivate =
                request.isPrivate() || OperatorTopics.wordOf(request.topics().get(0)) != null;
        return new ExplainedEvent(request.topics(), isPrivate, null);
    }
}
