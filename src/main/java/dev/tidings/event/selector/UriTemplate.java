package dev.tidings.event.selector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 6570 template, levels 1 to 4, read backwards: which strings can it expand to?
 *
 * <p>A topic matches when some string values expand to it, exactly as the RFC has them written; lists and
 * maps are no values here, and a variable may be undefined. What an expansion encodes must be encoded in
 * the topic, with upper-case digits; a literal outside ASCII is encoded, too (section 3.1). A variable used
 * twice may have a different value at each occurrence: to demand the same would be a search among all values,
 * and no longer linear.
 *
 * <p>Matching goes once through the parts and keeps the set of indexes in the topic that the parts so far
 * can lead to, as bits: one step moves sixty-four indexes on by one character of a literal, or all of them to
 * wherever a value can end. So it takes {@link #steps} for each sixty-four characters of the topic, whatever
 * they are: nothing is ever tried twice, and sixteen variables take less time than reading the topic once.
 * What a template begins and ends with is compared as it is.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class UriTemplate {

    private static final int INDEXES = 0;
    private static final int SHORT = 8;

    private final String beginning;
    private final String ending;
    private final TemplatePart[] parts;
    private final int variables;

    /** The length of its literals together: no shorter topic matches. */
    private final int least;

    /** A part of an inner literal, neither the first nor the last; empty when there is none. */
    private final String inner;

    /** @param parts literals and expressions by turns as they may come, one expression at least */
    UriTemplate(List<TemplatePart> parts, int variables) {
        int from = parts.get(0) instanceof TemplateLiteral ? 1 : 0;
        int to = parts.size() - (parts.get(parts.size() - 1) instanceof TemplateLiteral ? 1 : 0);
        this.beginning = text(parts.subList(0, from));
        this.ending = text(parts.subList(to, parts.size()));
        this.parts = needed(parts.subList(from, to)).toArray(TemplatePart[]::new);
        this.variables = variables;
        this.inner = inner(this.parts);
        this.least = parts.stream()
                .filter(TemplateLiteral.class::isInstance)
                .mapToInt(TemplatePart::steps)
                .sum();
    }

    /** How many variables it names, counting each occurrence. */
    int variables() {
        return variables;
    }

    /** What every expansion begins with; may be empty. */
    String beginning() {
        return beginning;
    }

    /** How many steps matching takes at most, for each sixty-four characters of a topic. */
    int steps() {
        int steps = 0;
        for (TemplatePart part : parts) {
            steps += part.steps();
        }
        return steps;
    }

    /** Whether some values of its variables expand to this topic. */
    boolean matches(String topic) {
        if (!hasTheEndsOf(topic)) {
            return false;
        }
        if (parts.length == 1 && parts[0] instanceof TemplateExpression expression && expression.isOneValue()) {
            return expression.canBe(topic, beginning.length(), topic.length() - ending.length());
        }
        return topic.indexOf(inner, beginning.length()) >= 0 && matches(new IndexedTopic(topic));
    }

    /** The same for a topic that is compared with many templates. */
    boolean matches(IndexedTopic topic) {
        String text = topic.topic();
        if (!hasTheEndsOf(text) || !topic.isExpandable()) {
            return false;
        }
        IndexSet indexes = topic.spare(INDEXES);
        indexes.add(beginning.length());
        for (TemplatePart part : parts) {
            part.follow(topic, indexes);
            if (indexes.isEmpty()) {
                return false;
            }
        }
        return indexes.has(text.length() - ending.length());
    }

    /** The text is short, so that searching a topic for it stays cheap whatever the two texts are. */
    private static String inner(TemplatePart[] parts) {
        for (TemplatePart part : parts) {
            if (part instanceof TemplateLiteral literal) {
                return literal.text().substring(0, Math.min(literal.text().length(), SHORT));
            }
        }
        return "";
    }

    private boolean hasTheEndsOf(String topic) {
        return topic.length() >= least && topic.startsWith(beginning) && topic.endsWith(ending);
    }

    private static String text(List<TemplatePart> literal) {
        return literal.isEmpty() ? "" : ((TemplateLiteral) literal.get(0)).text();
    }

    /** Leaves out each expression that leads only where an expression beside it leads as well. */
    private static List<TemplatePart> needed(List<TemplatePart> parts) {
        var needed = new ArrayList<TemplatePart>();
        for (TemplatePart part : parts) {
            if (part instanceof TemplateExpression expression) {
                while (last(needed) instanceof TemplateExpression before && expression.makesNeedless(before)) {
                    needed.remove(needed.size() - 1);
                }
                if (last(needed) instanceof TemplateExpression before && before.makesNeedless(expression)) {
                    continue;
                }
            }
            needed.add(part);
        }
        return needed;
    }

    private static @Nullable TemplatePart last(List<TemplatePart> parts) {
        return parts.isEmpty() ? null : parts.get(parts.size() - 1);
    }
}
