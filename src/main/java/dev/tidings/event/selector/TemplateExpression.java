package dev.tidings.event.selector;

import java.util.List;

/**
 * The variables between two braces. Each may be undefined. An undefined variable writes nothing, not even a
 * separator.
 */
final class TemplateExpression implements TemplatePart {

    private static final int WRITTEN = 1;

    private final TemplateVariable[] variables;

    TemplateExpression(List<TemplateVariable> variables) {
        this.variables = variables.toArray(TemplateVariable[]::new);
    }

    @Override
    public void follow(IndexedTopic topic, IndexSet indexes) {
        if (isOneValue()) {
            variables[0].addEnds(topic, indexes, indexes);
            return;
        }
        IndexSet written = topic.spare(WRITTEN);
        for (TemplateVariable variable : variables) {
            variable.follow(topic, indexes, written);
        }
        indexes.addAll(written);
    }

    @Override
    public int steps() {
        if (isOneValue()) {
            return variables[0].valueSteps();
        }
        int steps = 1;
        for (TemplateVariable variable : variables) {
            steps += variable.steps();
        }
        return steps;
    }

    /** Whether the expression leads from an index to all indexes after it. Then no expression beside it adds any. */
    boolean leadsAnywhere() {
        for (TemplateVariable variable : variables) {
            if (variable.leadsAnywhere()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the other leads nowhere where this one has not led already. */
    boolean makesNeedless(TemplateExpression other) {
        return leadsAnywhere()
                || (isOneValue() && other.isOneValue() && variables[0].hasTheSameValuesAs(other.variables[0]));
    }

    /** Whether it writes the value of one variable, of any length, and nothing else. */
    boolean isOneValue() {
        return variables.length == 1 && variables[0].isBare() && !variables[0].isLimited();
    }

    /** Whether this part of a text can be the value that it writes. */
    boolean canBe(String text, int from, int to) {
        return variables[0].canBe(text, from, to);
    }
}
