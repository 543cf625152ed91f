package dev.tidings.event;

import java.util.BitSet;

/**
 * A text that stands in every expansion as it is.
 *
 * <p>It is found by the method of Knuth, Morris and Pratt, since trying it at each place anew would take
 * the topic's length times its own.
 */
final class TemplateLiteral implements TemplatePart {

    private final String text;

    /** For each beginning of the text: how much of its end is a shorter beginning. */
    private final int[] fallback;

    TemplateLiteral(String text) {
        this.text = text;
        this.fallback = new int[text.length()];
        for (int i = 1, matched = 0; i < text.length(); i++) {
            matched = extend(matched, text.charAt(i));
            fallback[i] = matched;
        }
    }

    String text() {
        return text;
    }

    /** Whether it stands anywhere from this place on. */
    boolean isIn(String topic, int from) {
        int matched = 0;
        for (int at = from; at < topic.length() && matched < text.length(); at++) {
            matched = extend(matched, topic.charAt(at));
        }
        return matched == text.length();
    }

    @Override
    public BitSet follow(String topic, BitSet places) {
        var ends = new BitSet(topic.length() + 1);
        follow(topic, places, ends);
        return ends;
    }

    /** Adds to the ends the place after this text, for each of the places where it stands. */
    void follow(String topic, BitSet places, BitSet ends) {
        if (text.isEmpty()) {
            ends.or(places);
            return;
        }
        int matched = 0;
        int at = places.nextSetBit(0);
        while (at >= 0 && at < topic.length()) {
            matched = extend(matched, topic.charAt(at));
            at++;
            if (matched == text.length()) {
                if (places.get(at - matched)) {
                    ends.set(at);
                }
                matched = fallback[matched - 1];
            }
            if (matched == 0) {
                at = places.nextSetBit(at);
            }
        }
    }

    /** How much of this text has been read, when so much of it had been and this character comes. */
    private int extend(int matched, char next) {
        while (matched > 0 && text.charAt(matched) != next) {
            matched = fallback[matched - 1];
        }
        return text.charAt(matched) == next ? matched + 1 : 0;
    }
}
