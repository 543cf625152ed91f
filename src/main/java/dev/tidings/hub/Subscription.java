package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.selector.SelectorSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber asked for, and may have.
 *
 * @param topics the selectors it asked for; an event is for it when one of them matches one of its topics
 * @param granted the subscribe selectors of its grant; of private events it gets those with a topic one of them
 *     matches, which may be another topic than the one it asked for
 * @param peer who asks
 * @param lastEventId where it resumes: an id, {@link Position#EARLIEST}, or null to begin with what is published from now on
 */
public record Subscription(
        SelectorSet topics,
        SelectorSet granted,
        Peer peer,
        @Nullable String lastEventId) {

    /** Whether this event is for this subscriber. */
    boolean wants(Event event) {
        return topics.matchesAny(event.topics()) && covers(event);
    }

    /** Whether this event is public, or the grant covers one of its topics. */
    boolean covers(Event event) {
        return !event.isPrivate() || granted.coversAny(event.topics());
    }

    /** Whether it asks for the same topics with the same grant. */
    boolean sameSelectors(Subscription other) {
        return topics.equals(other.topics) && granted.equals(other.granted);
    }

    /** The same, asking for other topics. */
    public Subscription withTopics(SelectorSet others) {
        return new Subscription(others, granted, peer, lastEventId);
    }

    /** The same, with another grant. */
    public Subscription withGranted(SelectorSet others) {
        return new Subscription(topics, others, peer, lastEventId);
    }

    /**
     * The topics of this event that its subscriber may know: of a public event those that its selectors match, of a
     * private one those that its grant covers, or that it asked for by their exact name. So nobody learns who else a
     * private event went to.
     */
    public List<String> visibleTopics(Event event) {
        return event.topics().stream().filter(topic -> mayKnow(topic, event)).toList();
    }

    /** Whether it may know that this event has this topic. */
    boolean mayKnow(String topic, Event event) {
        return event.isPrivate() ? topics.has(topic) || granted.covers(topic) : topics.matches(topic);
    }
}
