package dev.tidings.event.selector;

import dev.tidings.event.ErasedTopics;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.OperatorTopics;
import dev.tidings.event.Topic;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some topic selectors, each once, in the order they were given: a topic matches when one of them does.
 *
 * <p>Exact ones are found by hash, however many they are; templates are tried one after the other.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class SelectorSet {

    private static final TopicSelector[] NONE = {};

    /** With fewer templates, preparing the topic costs more than it saves. */
    private static final int MANY = 8;

    private final List<TopicSelector> selectors;
    private final boolean everything;
    private final Set<String> texts;
    private final TopicSelector[] templates;

    private SelectorSet(List<TopicSelector> selectors) {
        this.selectors = selectors;
        this.everything = selectors.stream().anyMatch(TopicSelector.Everything.class::isInstance);
        this.texts = selectors.stream().map(TopicSelector::text).collect(Collectors.toUnmodifiableSet());
        this.templates = selectors.stream()
                .filter(TopicSelector.Template.class::isInstance)
                .toArray(length -> length == 0 ? NONE : new TopicSelector[length]);
    }

    /** The set of these selectors. */
    public static SelectorSet of(List<TopicSelector> selectors) {
        return new SelectorSet(List.copyOf(new LinkedHashSet<>(selectors)));
    }

    /**
     * The set of the selectors that these texts are.
     *
     * @throws InvalidRequestException if one of them is none
     */
    public static SelectorSet parse(Collection<String> texts) {
        return of(texts.stream().map(TopicSelector::of).toList());
    }

    /** All of them. Unmodifiable. */
    public List<TopicSelector> selectors() {
        return selectors;
    }

    /** Whether there is none, and so no topic that matches. */
    public boolean isEmpty() {
        return selectors.isEmpty();
    }

    /** Whether one of them selects this topic. */
    public boolean matches(String topic) {
        if (everything || has(topic)) {
            return true;
        }
        if (templates.length >= MANY) {
            return aTemplateMatches(new IndexedTopic(topic));
        }
        for (TopicSelector template : templates) {
            if (template.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of them is this text: where that is a topic, it is asked for by its exact name. */
    public boolean has(String text) {
        return texts.contains(text);
    }

    private boolean aTemplateMatches(IndexedTopic topic) {
        for (TopicSelector template : templates) {
            if (template.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of them selects one of these topics. */
    public boolean matchesAny(List<String> topics) {
        // By index, since this runs for every event and stream, and an iterator would be garbage each time.
        for (int i = 0; i < topics.size(); i++) {
            if (matches(topics.get(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a grant with these selectors covers this topic: one of them selects it, and names it if it is one of
     * the {@link OperatorTopics}.
     */
    public boolean covers(String topic) {
        String word = OperatorTopics.wordOf(topic);
        return word == null ? matches(topic) : names(topic, word);
    }

    /** Whether these, as a grant, {@linkplain #covers cover} one of these topics. */
    public boolean coversAny(List<String> topics) {
        // By index, since this runs for every private event that a stream reads.
        for (int i = 0; i < topics.size(); i++) {
            if (covers(topics.get(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether one of them selects this topic and names it: its text begins with the prefix. For an operator's
     * resource {@code *} is not enough.
     */
    public boolean names(String topic, String prefix) {
        for (TopicSelector selector : selectors) {
            if (selector.text().startsWith(prefix) && selector.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether one of them may select a topic that begins with this. The answer is true whenever one does. It may be
     * true when none does, since the part of a template after its first variable is not considered.
     */
    public boolean mayMatchUnder(String prefix) {
        return mayNameUnder(prefix, "");
    }

    /** The same, among the selectors that begin with this word and so name the topics there. */
    public boolean mayNameUnder(String prefix, String word) {
        // By index, since an iterator would take memory, of which there may be none when a subscriber leaves.
        for (int i = 0; i < selectors.size(); i++) {
            TopicSelector selector = selectors.get(i);
            if (selector.text().startsWith(word) && mayMatchUnder(selector, prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayMatchUnder(TopicSelector selector, String prefix) {
        return selector instanceof TopicSelector.Everything
                || selector.beginning().startsWith(prefix)
                || (selector instanceof TopicSelector.Template && prefix.startsWith(selector.beginning()));
    }

    /**
     * Whether one of them may have selected one of the topics of an event that was erased. The answer is true whenever one did.
     *
     * @param left what is left of those topics, as {@link ErasedTopics} says
     */
    public boolean mayHaveMatched(List<String> left) {
        return everything || left.stream().anyMatch(this::mayHaveMatched);
    }

    private boolean mayHaveMatched(String left) {
        return selectors.stream().anyMatch(selector -> mayHaveMatched(selector, left));
    }

    /** Of what a template can expand to, only its beginning is considered. */
    private static boolean mayHaveMatched(TopicSelector selector, String left) {
        if (ErasedTopics.mayBeLeftOf(left, selector.text())) {
            return true;
        }
        return selector instanceof TopicSelector.Template
                && (ErasedTopics.wasInbox(left)
                        ? mayMatchUnder(selector, Topic.USERS)
                        : !Topic.isUsers(selector.beginning()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SelectorSet set && set.selectors.equals(selectors);
    }

    @Override
    public int hashCode() {
        return selectors.hashCode();
    }

    @Override
    public String toString() {
        return selectors.toString();
    }

    /** Whether one of them names any of the {@link OperatorTopics}. */
    public boolean nameOperatorTopics() {
        return selectors.stream()
                .anyMatch(selector -> OperatorTopics.WORDS.stream().anyMatch(selector.text()::startsWith));
    }
}
