package dev.tidings.event;

import org.jspecify.annotations.Nullable;

/**
 * Says which topics somebody wants, or may use: {@code *} for all, an exact topic, or an RFC 6570 template.
 *
 * <p>A text that is no valid template selects exactly itself. So does every selector beside what else it
 * selects: a topic that happens to look like a template can be asked for by its own name. A topic matches a
 * template when some string values expand to it, in time linear in its length, whatever the template; a
 * variable used twice need not have the same value at both places.
 *
 * <p>Two selectors are equal when their texts are.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class TopicSelector {

    /** The most variables that a template may have, counting each place. */
    public static final int MAX_VARIABLES = 16;

    private static final String EVERYTHING = "*";

    private final String text;
    private final @Nullable UriTemplate template;

    private TopicSelector(String text, @Nullable UriTemplate template) {
        this.text = text;
        this.template = template;
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
        Topic.check(text);
        UriTemplate template = TemplateParser.parse(text);
        if (template != null && template.variables() > MAX_VARIABLES) {
            throw new InvalidRequestException(
                    "topic",
                    "The template has " + template.variables() + " variables; at most " + MAX_VARIABLES
                            + " are possible.");
        }
        return new TopicSelector(text, template);
    }

    /** The selector as it was written. */
    public String text() {
        return text;
    }

    /** Whether it selects this topic. */
    public boolean matches(String topic) {
        return text.equals(topic) || isEverything() || (template != null && template.matches(topic));
    }

    /** The same, of a topic that is compared with many: made ready once, it costs each of them less. */
    public boolean matches(TopicPlaces topic) {
        return text.equals(topic.topic()) || isEverything() || (template != null && template.matches(topic));
    }

    /** What every topic begins with that it selects, but for its own text; all of a topic, and nothing of {@code *}. */
    public String beginning() {
        return template != null ? template.beginning() : isEverything() ? "" : text;
    }

    /** How many steps it takes to compare it with a topic, at most, for each sixty-four characters of that. */
    public int steps() {
        return template == null ? 0 : template.steps();
    }

    /** Whether it is {@code *}, which selects every topic. */
    public boolean isEverything() {
        return text.equals(EVERYTHING);
    }

    /** Whether it selects the one topic that its text is. */
    public boolean isExact() {
        return template == null && !isEverything();
    }

    /** Whether it is a template. */
    public boolean isTemplate() {
        return template != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopicSelector selector && selector.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
