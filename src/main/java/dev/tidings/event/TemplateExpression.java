package dev.tidings.event;

import java.util.BitSet;
import java.util.List;

/** The variables between two braces. Each may be undefined and then leaves nothing behind, no separator either. */
final class TemplateExpression implements TemplatePart {

    private final TemplateVariable[] variables;

    TemplateExpression(List<TemplateVariable> variables) {
        this.variables = variables.toArray(TemplateVariable[]::new);
    }

    @Override
    public BitSet follow(String topic, BitSet places) {
        var written = new BitSet(topic.length() + 1);
        for (TemplateVariable variable : variables) {
            variable.follow(topic, places, written);
        }
        written.or(places);
        return written;
    }
}
