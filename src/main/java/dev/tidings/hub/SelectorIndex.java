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
 * Finds those who have a selector that selects one of an event's topics.
 *
 * <p>An exact selector is found by hash; each distinct template with the topic's beginning is tried once, however many
 * have it, and the outcome is remembered. So an event costs what its matches cost, not what there are selectors.
 *
 * <p><b>Threads.</b> One at a time, but for {@link #matching} and {@link #precompute}, which any thread may call at any time.
 *
 * @param <T> those who have one selector
 */
final class SelectorIndex<T> {

    private final Map<String, T> exact = new HashMap<>();
    private final Templates<T> templates = new Templates<>();
    private final MatchCache<T> matches = new MatchCache<>(templates);
    private @Nullable T everything;

    /** Those who have this selector, or null when nobody does. */
    @Nullable
    T find(TopicSelector selector) {
        if (selector instanceof TopicSelector.Exact) {
            return exact.get(selector.text());
        }
        return selector instanceof TopicSelector.Template ? templates.find(selector) : everything;
    }

    /** Has these found by a selector that nobody has. */
    void open(TopicSelector selector, T holders) {
        if (selector instanceof TopicSelector.Exact) {
            exact.put(selector.text(), holders);
        } else if (selector instanceof TopicSelector.Template) {
            templates.open(selector, holders);
        } else {
            everything = holders;
        }
    }

    /** Nobody has it any more. Allocates nothing, so that it fails for no lack of memory. */
    void close(TopicSelector selector) {
        if (selector instanceof TopicSelector.Exact) {
            exact.remove(selector.text());
        } else if (selector instanceof TopicSelector.Template) {
            templates.close(selector);
        } else {
            everything = null;
        }
    }

    /** The templates that select one of these topics; some may be closed by now. */
    List<OpenTemplate<T>> matching(EventTopics topics) {
        return matches.of(topics);
    }

    /** Visits those who have a selector for one of these topics, some more than once. */
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

    /** Compares topics with the templates, so that who asks soon for this very list finds it done. */
    void precompute(List<String> topics) {
        matches.precompute(topics);
    }

    /** What was pending for these is needed no more. */
    void forget(List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            matches.forget(events.get(i).topics());
        }
    }
}
