package dev.tidings.event.selector;

import java.util.Arrays;

/** One variable of an expression, with what is written before its value. */
final class TemplateVariable {

    /** The limit of a variable without a prefix modifier. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final TemplateLiteral EQUALS = new TemplateLiteral("=");

    private static final int BEGINS = 2;
    private static final int FURTHER = 3;

    /** The sets that are copied and joined. */
    private static final int STEPS = 4;

    private static final int STEPS_OF_A_VALUE = 2;

    /** With a limit each index is looked at by itself. */
    private static final int STEPS_OF_A_LIMIT = 256;

    private final TemplateLiteral first;
    private final TemplateLiteral further;
    private final boolean equalsBeforeText;
    private final ValueCharacters allow;
    private final int limit;

    /**
     * @param name as it is written, which is only of interest to operators that write it
     * @param limit the most characters of its value that are written
     */
    TemplateVariable(TemplateOperator operator, String name, int limit) {
        String opening = operator.named ? name + operator.ifEmpty : "";
        this.first = new TemplateLiteral(operator.first + opening);
        this.further = new TemplateLiteral(operator.separator + opening);
        this.equalsBeforeText = operator.named && operator.ifEmpty.isEmpty();
        this.allow = operator.allow;
        this.limit = limit;
    }

    /** Whether nothing is written before its value when it is the first. */
    boolean isBare() {
        return first.text().isEmpty();
    }

    boolean isLimited() {
        return limit != UNLIMITED;
    }

    boolean leadsAnywhere() {
        return isBare() && !isLimited() && allow == ValueCharacters.UNRESERVED_AND_RESERVED;
    }

    boolean hasTheSameValuesAs(TemplateVariable other) {
        return allow == other.allow;
    }

    int steps() {
        return STEPS + first.steps() + further.steps() + valueSteps();
    }

    int valueSteps() {
        return isLimited() ? STEPS_OF_A_LIMIT : STEPS_OF_A_VALUE;
    }

    /** Whether this part of a text is a value, of any length. */
    boolean canBe(String text, int from, int to) {
        int at = from;
        while (at < to) {
            int piece = allow.shortestAt(text, at);
            if (piece == 0) {
                return false;
            }
            at += piece;
        }
        return at == to;
    }

    /**
     * Adds the indexes at which this variable's value can end.
     *
     * @param untouched the indexes where its expression may begin: the value is the first there
     * @param written the indexes at which values of the variables before it can end; the new ones are added
     */
    void follow(IndexedTopic topic, IndexSet untouched, IndexSet written) {
        IndexSet begins = topic.spare(BEGINS);
        begins.addAll(untouched);
        first.follow(topic, begins);
        if (!written.isEmpty()) {
            IndexSet others = topic.spare(FURTHER);
            others.addAll(written);
            further.follow(topic, others);
            begins.addAll(others);
        }
        written.addAll(begins);
        if (equalsBeforeText) {
            EQUALS.follow(topic, begins);
        }
        addEnds(topic, begins, written);
    }

    /**
     * Adds the indexes to which one character or more of a value lead from where it begins. Both may be the same set
     * only if the variable has no limit.
     */
    void addEnds(IndexedTopic topic, IndexSet begins, IndexSet ends) {
        if (limit >= topic.topic().length()) {
            topic.addEnds(allow, begins, ends);
        } else {
            addEndsWithin(topic, begins, ends);
        }
    }

    /** The same, carrying along the least number of characters that lead to an index from any beginning. */
    private void addEndsWithin(IndexedTopic topic, IndexSet begins, IndexSet ends) {
        String text = topic.topic();
        int from = begins.least();
        int last = begins.last();
        int[] used = topic.counts();
        if (from >= 0) {
            Arrays.fill(used, from, used.length, limit);
        }
        int furthest = from;
        for (int at = from; at >= 0 && at < text.length() && (at <= furthest || at <= last); at++) {
            int characters = begins.has(at) ? 0 : used[at];
            if (characters == limit) {
                continue;
            }
            int shortest = allow.shortestAt(text, at);
            if (shortest > 0) {
                int longest = allow.longestAt(text, at);
                used[at + shortest] = Math.min(used[at + shortest], characters + 1);
                used[at + longest] = Math.min(used[at + longest], characters + 1);
                ends.add(at + shortest);
                ends.add(at + longest);
                furthest = Math.max(furthest, at + longest);
            }
        }
    }
}
