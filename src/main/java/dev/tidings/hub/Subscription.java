package dev.tidings.hub;

import dev.tidings.event.ErasedTopics;
import dev.tidings.event.Event;
import dev.tidings.event.OperatorTopics;
import dev.tidings.event.selector.SelectorSet;
import java.util.List;

/**
 * What one subscriber asks for, and may have.
 *
 * @param topics the selectors it asked for; an event is for it when one of them matches one of its topics
 * @param granted the subscribe selectors of its grant; of private events it gets those with a topic one of them
 *     matches, which may be another topic than the one it asked for
 * @param peer the other end of its stream
 * @param start where it asks to begin
 */
public record Subscription(SelectorSet topics, SelectorSet granted, Peer peer, StartRequest start) {

    /** Whether this event is for this subscriber. */
    boolean wants(Event event) {
        return topics.matchesAny(event.topics()) && covers(event) && !event.isErased();
    }

    /** Whether this is left of an event that may have been for this subscriber. True whenever it was. */
    boolean mayHaveWanted(Event event) {
        return event.isErased()
                && topics.mayHaveMatched(event.topics())
                && (!ErasedTopics.werePrivate(event.topics()) || granted.mayHaveMatched(event.topics()));
    }

    /** Whether this event is public, or the grant covers one of its topics. */
    boolean covers(Event event) {
        return !event.isPrivate() || granted.coversAny(event.topics());
    }

    /** Whether it may get what the hub tells its operators. True whenever it does. */
    boolean mayGetOperatorTopics() {
        return OperatorTopics.WORDS.stream()
                .anyMatch(word -> topics.mayMatchUnder(word) && granted.mayNameUnder(word, word));
    }

    /** Whether another has the same topics and the same grant. */
    boolean sameSelectors(Subscription other) {
        return topics.equals(other.topics) && granted.equals(other.granted);
    }

    /** The same subscription with other topics. */
    public Subscription withTopics(SelectorSet others) {
        return new Subscription(others, granted, peer, start);
    }

    /** The same subscription with another grant. */
    public Subscription withGranted(SelectorSet others) {
        return new Subscription(topics, others, peer, start);
    }

    /**
     * The topics of an event that its subscriber may know. Of a public event these are the topics that its selectors match. Of a
     * private event they are those that its grant covers, or that it asked for by their exact name. So no subscriber learns to
     * whom else a private event went.
     */
    public List<String> visibleTopics(Event event) {
        return event.topics().stream().filter(topic -> mayKnow(topic, event)).toList();
    }

    /** Whether its subscriber may know that an event has this topic. */
    boolean mayKnow(String topic, Event event) {
        return event.isPrivate() ? topics.has(topic) || granted.covers(topic) : topics.matches(topic);
    }
}
