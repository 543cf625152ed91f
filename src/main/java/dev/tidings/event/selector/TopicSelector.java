package dev.tidings.event.selector;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Selects topics, for a subscription or a grant: {@code *} selects all, an exact topic itself, an RFC 6570 template
 * what it expands to.
 *
 * <p>A text that is no valid template selects exactly itself. A template also selects its own text, so a topic that
 * happens to look like a template can be asked for by its name. A topic matches a
 * template when some string values expand to it, in time linear in its length, whatever the template; a
 * variable used twice need not have the same value at both occurrences.
 *
 * <p>Two selectors are equal when their texts are.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public abstract sealed class TopicSelector {

    /** The most variables that a template may have, counting each occurrence. */
    public static final int MAX_VARIABLES = 16;

    private static final String EVERYTHING = "*";

    private final String text;

    private TopicSelector(String text) {
        this.text = text;
    }

    /**
     * The selector that this text is.
     *
     * @throws InvalidRequestException if it is empty, is no well-formed Unicode, holds a control character,
     *     is longer than {@link Topic#MAX_BYTES} or has more than {@link #MAX_VARIABLES} variables
     */
    public static TopicSelector of(String text) {
        if (text.isEmpty()) {
            throw new InvalidRequestException("topic", "It is empty; name a topic, a template or * for all.");
        }
        if (text.equals(EVERYTHING)) {
            return new Everything();
        }
        Topic.check(text);
        UriTemplate template = TemplateParser.parse(text);
        if (template == null) {
            return new Exact(text);
        }
        if (template.variables() > MAX_VARIABLES) {
            throw new InvalidRequestException(
                    "topic",
                    "The template has " + template.variables() + " variables; at most " + MAX_VARIABLES
                            + " are possible.");
        }
        return new Template(text, template);
    }

    /** The selector as it was written. */
    public final String text() {
        return text;
    }

    /** Whether it selects this topic. */
    public abstract boolean matches(String topic);

    /**
     * The same for a topic that is compared with many selectors. It is prepared once, which makes each comparison
     * cheaper.
     */
    public abstract boolean matches(IndexedTopic topic);

    /**
     * The text that every selected topic begins with, except the selector's own text. It is a whole exact topic, and
     * empty for {@code *}.
     */
    public abstract String beginning();

    /** The most steps that a comparison takes for each sixty-four characters of the topic. */
    public int steps() {
        return 0;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof TopicSelector selector && selector.text.equals(text);
    }

    @Override
    public final int hashCode() {
        return text.hashCode();
    }

    @Override
    public final String toString() {
        return text;
    }

    /** {@code *}, which selects every topic. */
    public static final class Everything extends TopicSelector {

        private Everything() {
            super(EVERYTHING);
        }

        @Override
        public boolean matches(String topic) {
            return true;
        }

        @Override
        public boolean matches(IndexedTopic topic) {
            return true;
        }

        @Override
        public String beginning() {
            return "";
        }
    }

    /** Selects the one topic that its text is. */
    public static final class Exact extends TopicSelector {

        private Exact(String text) {
            super(text);
        }

        @Override
        public boolean matches(String topic) {
            return text().equals(topic);
        }

        @Override
        public boolean matches(IndexedTopic topic) {
            return text().equals(topic.topic());
        }

        @Override
        public String beginning() {
            return text();
        }
    }

    /** An RFC 6570 template, which selects what it can expand to, and its own text. */
    public static final class Template extends TopicSelector {

        private final UriTemplate template;

        private Template(String text, UriTemplate template) {
            super(text);
            this.template = template;
        }

        @Override
        public boolean matches(String topic) {
            return text().equals(topic) || template.matches(topic);
        }

        @Override
        public boolean matches(IndexedTopic topic) {
            return text().equals(topic.topic()) || template.matches(topic);
        }

        @Override
        public String beginning() {
            return template.beginning();
        }

        @Override
        public int steps() {
            return template.steps();
        }
    }
}
