package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.SelectorSet;
import dev.tidings.event.TopicSelector;
import java.util.HashMap;
import java.util.List;
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

    /** How often a template is asked for, by its text. Counters, since to count down must take no memory. */
    private final Map<String, int[]> asked = new HashMap<>();

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
        count(topics);
        if (isTooMuch(taken)) {
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
        count(after);
        long leaving = 0;
        for (TopicSelector selector : before.selectors()) {
            leaving += selector.isTemplate() && counterOf(selector)[0] == 1 ? weight(selector) : 0;
        }
        if (isTooMuch(taken - leaving)) {
            release(after);
            throw new TooManyTemplatesException(most);
        }
        release(before);
    }

    /** They are not asked for any more by one who did. */
    void release(SelectorSet topics) {
        release(topics, topics.selectors().size());
    }

    private void release(SelectorSet topics, int first) {
        List<TopicSelector> selectors = topics.selectors();
        for (int i = 0; i < first; i++) {
            TopicSelector selector = selectors.get(i);
            if (selector.isTemplate() && --counterOf(selector)[0] == 0) {
                asked.remove(selector.text());
                taken -= weight(selector);
            }
        }
    }

    /** Counts all of them, or none when memory runs out. */
    private void count(SelectorSet topics) {
        int counted = 0;
        try {
            for (TopicSelector selector : topics.selectors()) {
                if (selector.isTemplate() && ++asked.computeIfAbsent(selector.text(), none -> new int[1])[0] == 1) {
                    taken += weight(selector);
                }
                counted++;
            }
        } catch (Throwable failure) {
            release(topics, counted);
            throw failure;
        }
    }

    private int[] counterOf(TopicSelector template) {
        return requireNonNull(asked.get(template.text()));
    }

    private boolean isTooMuch(long weight) {
        return most > 0 && weight > most;
    }

    private static int weight(TopicSelector template) {
        return 1 + (template.steps() - 1) / STEPS_OF_ONE;
    }
}
