package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.selector.EventTopics;
import dev.tidings.event.selector.TopicSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the holders of selectors that match one of an event's topics.
 *
 * <p>Exact selectors are found by hash. Each distinct template with the topic's prefix is tried once, however many holders it
 * has, and the outcome is remembered. So the cost of an event depends on its matches, and not on the number of selectors.
 *
 * <p><b>Threads.</b> One at a time. Any thread may call {@link #matching} and {@link #precompute} at any time.
 *
 * @param <T> the holders of a selector
 */
final class SelectorIndex<T> {

    private final Map<String, T> exact = new HashMap<>();
    private final Templates<T> templates = new Templates<>();
    private final MatchCache<T> matches = new MatchCache<>(templates);
    private @Nullable T everything;

    /** The holders of this selector, or null if it has none. */
    @Nullable
    T find(TopicSelector selector) {
        if (selector instanceof TopicSelector.Exact) {
            return exact.get(selector.text());
        }
        return selector instanceof TopicSelector.Template ? templates.find(selector) : everything;
    }

    /** Adds a selector that had no holders. */
    void open(TopicSelector selector, T holders) {
        if (selector instanceof TopicSelector.Exact) {
            exact.put(selector.text(), holders);
        } else if (selector instanceof TopicSelector.Template) {
            templates.open(selector, holders);
        } else {
            everything = holders;
        }
    }

    /** Removes a selector that has no holders any more. Allocates nothing, so that lack of memory cannot make it fail. */
    void close(TopicSelector selector) {
        if (selector instanceof TopicSelector.Exact) {
            exact.remove(selector.text());
        } else if (selector instanceof TopicSelector.Template) {
            templates.close(selector);
        } else {
            everything = null;
        }
    }

    /** The templates that match one of these topics. Some may be closed by now. */
    List<OpenTemplate<T>> matching(EventTopics topics) {
        return matches.of(topics);
    }

    /** Visits the holders of selectors that match one of these topics, some more than once. */
    void visit(EventTopics topics, List<OpenTemplate<T>> matching, Consumer<T> visitor) {
        if (everything != null) {
            visitor.accept(everything);
        }
        for (int i = 0; i < topics.size(); i++) {
            T holders = exact.get(topics.get(i));
            if (holders != null) {
                visitor.accept(holders);
            }
        }
        for (int i = 0; i < matching.size(); i++) {
            T holders = matching.get(i).holders();
            if (holders != null) {
                visitor.accept(holders);
            }
        }
    }

    /** About how much work {@link #precompute} is now, in comparisons. Counting ends when it is more than enough. */
    long work(List<String> topics, long enough) {
        return matches.work(topics, enough);
    }

    /** Compares topics with the templates, so that the outcome is known when this very list is asked for. */
    void precompute(List<String> topics) {
        matches.precompute(topics);
    }

    /** Forgets what was computed before for these events. */
    void forget(List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            matches.forget(events.get(i).topics());
        }
    }
}
