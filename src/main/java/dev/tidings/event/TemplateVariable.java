package dev.tidings.event;

import java.util.BitSet;

/** One variable of an expression, with what is written before its value. */
final class TemplateVariable {

    /** The limit of a variable without a prefix modifier. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final TemplateLiteral EQUALS = new TemplateLiteral("=");

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

    /**
     * Adds the places at which this variable's value can end.
     *
     * @param untouched the places where its expression may begin: the value is the first there
     * @param written the places at which values of the variables before it can end; the new ones are added
     */
    void follow(String topic, BitSet untouched, BitSet written) {
        var places = new BitSet(topic.length() + 1);
        first.follow(topic, untouched, places);
        further.follow(topic, written, places);
        if (places.isEmpty()) {
            return;
        }
        written.or(places);
        if (equalsBeforeText) {
            places = EQUALS.follow(topic, places);
        }
        if (limit == UNLIMITED) {
            sweep(topic, places, written);
        } else {
            sweepLimited(topic, places, written);
        }
    }

    /** Adds to the ends each place to which one character or more lead. Uses up the places. */
    private void sweep(String topic, BitSet places, BitSet ends) {
        for (int at = places.nextSetBit(0); at >= 0 && at < topic.length(); at = places.nextSetBit(at + 1)) {
            int length = allow.shortestAt(topic, at);
            if (length > 0) {
                places.set(at + length);
                ends.set(at + length);
            }
        }
    }

    /** The same, carrying along the least number of characters that lead to a place from any beginning. */
    private void sweepLimited(String topic, BitSet places, BitSet ends) {
        var used = new int[topic.length() + 1];
        for (int at = places.nextSetBit(0); at >= 0 && at < topic.length(); at = places.nextSetBit(at + 1)) {
            if (used[at] == limit) {
                continue;
            }
            int shortest = allow.shortestAt(topic, at);
            if (shortest > 0) {
                reach(at + shortest, used[at] + 1, used, places);
                ends.set(at + shortest);
            }
            int longest = allow.longestAt(topic, at);
            if (longest > shortest) {
                reach(at + longest, used[at] + 1, used, places);
                ends.set(at + longest);
            }
        }
    }

    private static void reach(int place, int characters, int[] used, BitSet places) {
        used[place] = places.get(place) ? Math.min(used[place], characters) : characters;
        places.set(place);
    }
}
