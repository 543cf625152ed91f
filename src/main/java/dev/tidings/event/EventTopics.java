package dev.tidings.event;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The topics of one event, made ready to be compared with the selectors of many. What the comparing needs is made when
 * it is first needed.
 *
 * <p><b>Threads.</b> One.
 */
public final class EventTopics {

    /** Fewer are looked through as fast as they are found by hash. */
    private static final int FEW = 4;

    private final List<String> topics;
    private final @Nullable TopicPlaces[] places;
    private Set<String> set = Set.of();

    /** @param topics what an event is about; not to be changed */
    public EventTopics(List<String> topics) {
        this.topics = topics;
        this.places = new TopicPlaces[topics.size()];
    }

    /** All of them. Not to be changed. */
    public List<String> asList() {
        return topics;
    }

    /** How many there are. */
    public int size() {
        return topics.size();
    }

    /** One of them. */
    public String get(int index) {
        return topics.get(index);
    }

    /** One of them, to be compared with templates. */
    public TopicPlaces places(int index) {
        TopicPlaces made = places[index];
        if (made == null) {
            made = new TopicPlaces(topics.get(index));
            places[index] = made;
        }
        return made;
    }

    /** Whether this is one of them. */
    public boolean contains(String topic) {
        if (topics.size() <= FEW) {
            return topics.contains(topic);
        }
        if (set.isEmpty()) {
            set = new HashSet<>(topics);
        }
        return set.contains(topic);
    }
}
