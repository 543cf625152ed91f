package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct templates that some streams ask for together, and their weight.
 *
 * <p>A template weighs one for every {@value #STEPS_OF_ONE} steps that comparing takes. Usual templates weigh one. Those with
 * long texts between their variables, or with many variables, weigh more.
 *
 * <p><b>Threads.</b> None by itself: the hub guards it.
 */
final class TemplateCount {

    static final int STEPS_OF_ONE = 16;

    /** A template, and how often it is asked for. */
    private static final class Asked {

        final TopicSelector template;
        int times;

        Asked(TopicSelector template) {
            this.template = template;
        }
    }

    private final Map<String, Asked> asked = new HashMap<>();

    private long weight;

    /** The weight of all templates together. */
    long weight() {
        return weight;
    }

    /** Whether no template is asked for. */
    boolean isEmpty() {
        return asked.isEmpty();
    }

    /** By how much the weight would fall if these topics were removed now. */
    long weightOnlyIn(SelectorSet topics) {
        long only = 0;
        for (TopicSelector selector : topics.selectors()) {
            only += selector instanceof TopicSelector.Template && find(selector).times == 1 ? weight(selector) : 0;
        }
        return only;
    }

    /** Counts all templates of these topics, or none if memory runs out. */
    void add(SelectorSet topics) {
        int counted = 0;
        try {
            for (TopicSelector selector : topics.selectors()) {
                if (selector instanceof TopicSelector.Template
                        && ++asked.computeIfAbsent(selector.text(), none -> new Asked(selector)).times == 1) {
                    weight += weight(selector);
                }
                counted++;
            }
        } catch (Throwable failure) {
            remove(topics, counted);
            throw failure;
        }
    }

    /**
     * A set equal to one that was added, whose templates are the objects that came first with their texts. A compiled template
     * takes far more memory than its text, and thousands of streams may ask for the same ones.
     */
    SelectorSet shared(SelectorSet added) {
        if (added.selectors().stream().noneMatch(TopicSelector.Template.class::isInstance)) {
            return added;
        }
        return SelectorSet.of(added.selectors().stream()
                .map(selector -> selector instanceof TopicSelector.Template ? find(selector).template : selector)
                .toList());
    }

    /** Removes topics that were added. Allocates nothing. */
    void remove(SelectorSet topics) {
        remove(topics, topics.selectors().size());
    }

    private void remove(SelectorSet topics, int first) {
        List<TopicSelector> selectors = topics.selectors();
        for (int i = 0; i < first; i++) {
            TopicSelector selector = selectors.get(i);
            if (selector instanceof TopicSelector.Template && --find(selector).times == 0) {
                asked.remove(selector.text());
                weight -= weight(selector);
            }
        }
    }

    private Asked find(TopicSelector template) {
        return requireNonNull(asked.get(template.text()));
    }

    private static int weight(TopicSelector template) {
        return 1 + (template.steps() - 1) / STEPS_OF_ONE;
    }
}
