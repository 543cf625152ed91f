package dev.tidings.event.selector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The topics of one event, for being compared with the selectors of many streams. What the comparison needs is
 * prepared at its first use.
 *
 * <p><b>Threads.</b> One.
 */
public final class EventTopics {

    private final List<String> topics;
    private final @Nullable IndexedTopic[] indexed;

    /** @param topics what an event is about; not to be changed */
    public EventTopics(List<String> topics) {
        this.topics = topics;
        this.indexed = new IndexedTopic[topics.size()];
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
    public IndexedTopic indexed(int index) {
        IndexedTopic made = indexed[index];
        if (made == null) {
            made = new IndexedTopic(topics.get(index));
            indexed[index] = made;
        }
        return made;
    }
}
