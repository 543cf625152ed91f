package dev.tidings.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The topics on which the hub tells its operators what happens in it: which clients come and go, and what they
 * subscribe to.
 *
 * <p>Every resource is a topic, and each of these is the path of one. Only the hub publishes on them, and only a
 * selector that names them covers them: one that begins with their word. {@code *} reaches the events of all users,
 * but does not make its bearer an operator.
 */
public final class OperatorTopics {

    /** What these topics are, or lie under. */
    public static final List<String> WORDS = List.of("/.well-known/mercure", "/clients", "/hub", "/metrics");

    private OperatorTopics() {}

    /** The word that a selector has to begin with to cover this topic, or null for a topic like any other. */
    public static @Nullable String wordOf(String topic) {
        if (topic.charAt(0) != '/') {
            return null;
        }
        // By index, since this is asked for every topic of every private event.
        for (int i = 0; i < WORDS.size(); i++) {
            if (Topic.isUnder(topic, WORDS.get(i))) {
                return WORDS.get(i);
            }
        }
        return null;
    }

    /** Whether an event is one of the hub's own, by its topics: either all of them are, or none. */
    public static boolean include(List<String> topics) {
        return wordOf(topics.get(0)) != null;
    }
}
