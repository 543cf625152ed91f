package dev.tidings.hub;

import dev.tidings.event.SelectorSet;
import dev.tidings.event.TopicSelector;
import java.util.HashMap;
import java.util.Map;

/**
 * How many distinct templates all streams ask for together, which is bounded, since each may have to be compared with
 * every topic of an event.
 *
 * <p>A template counts one for every {@value #STEPS_OF_ONE} steps that comparing takes: one, as people write them; more
 * where it has long texts between its variables, or many of them.
 *
 * <p><b>Threads.</b> None by itself: the hub guards it.
 */
final class TemplateLimit {

    static final int STEPS_OF_ONE = 16;

    /** How often a template is asked for. */
    private final Map<TopicSelector, Integer> asked = new HashMap<>();

    private final int most;
    private long taken;

    /** @param most how many there may be; 0 is any number */
    TemplateLimit(int most) {
        this.most = most;
    }

    /**
     * Counts those that a stream asks for.
     *
     * @throws TooManyTemplatesException if with these there would be too many, and then none of them is counted
     */
    void take(SelectorSet topics) {
        topics.selectors().forEach(this::add);
        if (most > 0 && taken > most) {
            release(topics);
            throw new TooManyTemplatesException(most);
        }
    }

    /**
     * Counts what a stream asks for from now on instead of what it did.
     *
     * @throws TooManyTemplatesException if there would be too many, and then all is as before
     */
    void change(SelectorSet before, SelectorSet after) {
        release(before);
        try {
            take(after);
        } catch (TooManyTemplatesException full) {
            before.selectors().forEach(this::add);
            throw full;
        }
    }

    /** They are not asked for any more by one who did. */
    void release(SelectorSet topics) {
        for (TopicSelector selector : topics.selectors()) {
            if (selector.isTemplate() && asked.merge(selector, -1, Integer::sum) == 0) {
                asked.remove(selector);
                taken -= weight(selector);
            }
        }
    }

    private void add(TopicSelector selector) {
        if (selector.isTemplate() && asked.merge(selector, 1, Integer::sum) == 1) {
            taken += weight(selector);
        }
    }

    private static int weight(TopicSelector template) {
        return 1 + (template.steps() - 1) / STEPS_OF_ONE;
    }
}
