package dev.tidings.event.selector;

import dev.tidings.event.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Topic selectors as an operator writes them into settings.
 *
 * <p>For clients, a text that is no valid template selects exactly itself, since topics may look like anything. In a
 * setting, a brace that belongs to no template is a mistake: the selector would silently select nothing. So it is
 * refused.
 *
 * <p><b>Threads.</b> Any.
 */
public final class StrictSelector {

    private StrictSelector() {}

    /**
     * The selector that this text is.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when it is none, or has braces and is no valid
     *     template
     */
    public static TopicSelector of(String text) {
        TopicSelector selector;
        try {
            selector = TopicSelector.of(text);
        } catch (InvalidRequestException e) {
            throw refused(text, e.detail(), e);
        }
        if (selector instanceof TopicSelector.Exact && (text.indexOf('{') >= 0 || text.indexOf('}') >= 0)) {
            throw refused(text, "It has a brace, but is not a valid template (RFC 6570) such as /orders/{id}.", null);
        }
        return selector;
    }

    private static IllegalArgumentException refused(String text, String fault, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a topic selector. " + fault + " Allowed are *, a topic, or a template", cause);
    }
}
