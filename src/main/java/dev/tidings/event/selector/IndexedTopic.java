package dev.tidings.event.selector;

import dev.tidings.event.PercentEncoding;
import dev.tidings.event.UriCharacters;
import org.jspecify.annotations.Nullable;

/**
 * A topic that is prepared for being compared with many templates: it knows at which indexes each character stands,
 * and at which a value may continue.
 *
 * <p>Whatever a template expands to consists of characters that URIs may have and of whole {@code %XX}. A topic with
 * anything else in it matches none of them, which is known at once.
 *
 * <p>The indexes are collected when the first template needs them. It takes some two bits a character then, and as many
 * for each distinct character that a template asks for.
 *
 * <p><b>Threads.</b> One.
 */
public final class IndexedTopic {

    private static final int CHARACTERS = 128;
    private static final int SPARE_SETS = 4;

    private final String topic;
    private final int words;
    private boolean read;
    private boolean expandable;

    /** The indexes of each character that a template has asked for. */
    private long[] @Nullable [] standing = {};

    private long[] ofEach = {};

    /** The indexes where a piece of a value begins that has only unreserved characters as they are. */
    private long[] valueStarts = {};

    /** The indexes of the characters that such pieces consist of. */
    private long[] valueCharacters = {};

    /** All indexes but those within a triplet, the topic's end too. */
    private long[] wholes = {};

    private @Nullable IndexSet[] sets = {};
    private int[] counts = {};

    /** @param topic any text */
    public IndexedTopic(String topic) {
        this.topic = topic;
        this.words = (topic.length() >> 6) + 1;
    }

    String topic() {
        return topic;
    }

    /** Whether any template can expand to the topic. The other methods may be called only if so. */
    boolean isExpandable() {
        if (!read) {
            read = true;
            expandable = read();
        }
        return expandable;
    }

    /** The indexes where a character stands. */
    private long[] of(char character) {
        if (standing.length == 0) {
            standing = new long[CHARACTERS][];
        }
        long[] indexes = standing[character];
        if (indexes == null) {
            indexes = new long[words];
            for (int at = topic.indexOf(character); at >= 0; at = topic.indexOf(character, at + 1)) {
                indexes[at >> 6] |= 1L << at;
            }
            standing[character] = indexes;
        }
        return indexes;
    }

    /** The same for every character of ASCII at once, where all indexes fit into one word. */
    private long[] ofEach() {
        if (ofEach.length == 0) {
            ofEach = new long[CHARACTERS];
            for (int at = 0; at < topic.length(); at++) {
                ofEach[topic.charAt(at)] |= 1L << at;
            }
        }
        return ofEach;
    }

    /** An empty set to work with, one of a few. */
    IndexSet spare(int number) {
        if (sets.length == 0) {
            sets = new IndexSet[SPARE_SETS];
        }
        IndexSet set = sets[number];
        if (set == null) {
            set = new IndexSet(words);
            sets[number] = set;
        }
        set.clear();
        return set;
    }

    /** A number for each index, to work with. The numbers of the last user are still in it. */
    int[] counts() {
        if (counts.length == 0) {
            counts = new int[topic.length() + 1];
        }
        return counts;
    }

    /** Removes the indexes at which the text does not stand, and moves the others behind the text. */
    void pass(IndexSet set, String text) {
        if (words == 1) {
            set.passInOneWord(text, ofEach());
            return;
        }
        for (int i = 0; i < text.length() && !set.isEmpty(); i++) {
            set.pass(of(text.charAt(i)));
        }
    }

    /**
     * Adds each index to which one piece or more of an expanded value lead, however many; both may be the same set.
     *
     * @param allowed what such a piece may be
     */
    void addEnds(ValueCharacters allowed, IndexSet begins, IndexSet ends) {
        switch (allowed) {
            case UNRESERVED -> ends.addRuns(begins, valueStarts, valueCharacters);
            case UNRESERVED_AND_RESERVED -> ends.addRest(begins, wholes);
        }
    }

    private boolean read() {
        wholes = new long[words];
        valueStarts = new long[words];
        valueCharacters = topic.indexOf('%') < 0 ? valueStarts : new long[words];
        int at = 0;
        while (at < topic.length()) {
            wholes[at >> 6] |= 1L << at;
            char character = topic.charAt(at);
            if (character == '%') {
                if (PercentEncoding.octetAt(topic, at) < 0) {
                    return false;
                }
                readPiece(at, ValueCharacters.UNRESERVED.shortestAt(topic, at));
                at += PercentEncoding.TRIPLET;
            } else {
                if (UriCharacters.isUnreserved(character)) {
                    readPiece(at, 1);
                } else if (!UriCharacters.isReserved(character)) {
                    return false;
                }
                at++;
            }
        }
        wholes[at >> 6] |= 1L << at;
        return true;
    }

    private void readPiece(int at, int length) {
        if (length > 0) {
            valueStarts[at >> 6] |= 1L << at;
        }
        for (int i = at; i < at + length; i++) {
            valueCharacters[i >> 6] |= 1L << i;
        }
    }
}
