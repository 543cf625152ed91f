package dev.tidings.event;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 6570 template, levels 1 to 4, read backwards: which strings can it expand to?
 *
 * <p>A topic matches when some string values expand to it, exactly as the RFC has them written; lists and
 * maps are no values here, and a variable may be undefined. What an expansion encodes must be encoded in
 * the topic, with upper-case digits; a literal outside ASCII is encoded, too (section 3.1). A variable used
 * twice may have a different value at each place: to demand the same would be a search among all values,
 * and no longer linear.
 *
 * <p>Matching goes once through the parts and keeps the set of places in the topic that the parts so far
 * can lead to. A literal moves each place on; a variable sweeps over them from left to right once. So it
 * takes the number of variables and literals times the length of the topic, whatever they are: nothing is
 * ever tried twice.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class UriTemplate {

    private final String prefix;
    private final TemplatePart[] parts;
    private final int variables;

    /** The longest literal after the prefix, or null. Most topics are known by it not to match. */
    private final @Nullable TemplateLiteral required;

    UriTemplate(List<TemplatePart> parts, int variables) {
        this.prefix = parts.get(0) instanceof TemplateLiteral literal ? literal.text() : "";
        this.parts = parts.subList(prefix.isEmpty() ? 0 : 1, parts.size()).toArray(TemplatePart[]::new);
        this.variables = variables;
        this.required = Arrays.stream(this.parts)
                .filter(TemplateLiteral.class::isInstance)
                .map(TemplateLiteral.class::cast)
                .max(Comparator.comparingInt(literal -> literal.text().length()))
                .orElse(null);
    }

    /** The template that this text is, or null if it is not a valid one or has no variables. */
    static @Nullable UriTemplate parse(String text) {
        return text.indexOf('{') < 0 ? null : TemplateParser.parse(text);
    }

    /** How many variables it names, counting each place. */
    int variables() {
        return variables;
    }

    /** Whether some values of its variables expand to this topic. */
    boolean matches(String topic) {
        if (!topic.startsWith(prefix) || (required != null && !required.isIn(topic, prefix.length()))) {
            return false;
        }
        var places = new BitSet(topic.length() + 1);
        places.set(prefix.length());
        for (TemplatePart part : parts) {
            places = part.follow(topic, places);
            if (places.isEmpty()) {
                return false;
            }
        }
        return places.get(topic.length());
    }
}
