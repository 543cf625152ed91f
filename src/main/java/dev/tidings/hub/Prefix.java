package dev.tidings.hub;

import org.jspecify.annotations.Nullable;

/** The first characters of a text, as a key that is made without copying them. Immutable. */
final class Prefix implements Comparable<Prefix> {

    private static final int FACTOR = 31;

    private final String text;
    private final int length;
    private final int hash;

    private Prefix(String text, int length, int hash) {
        this.text = text;
        this.length = length;
        this.hash = hash;
    }

    /** A whole text. */
    static Prefix of(String text) {
        return new Prefix(text, text.length(), hash(0, text, 0, text.length()));
    }

    /** @param hash the {@link #hash} of these characters */
    static Prefix of(String text, int length, int hash) {
        return new Prefix(text, length, hash);
    }

    /** The hash of the first {@code to} characters, computed from that of the first {@code from}, which is 0 for none. */
    static int hash(int hash, String text, int from, int to) {
        int further = hash;
        for (int i = from; i < to; i++) {
            further = FACTOR * further + text.charAt(i);
        }
        return further;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Prefix beginning
                && beginning.length == length
                && beginning.text.regionMatches(0, text, 0, length);
    }

    /** Orders prefixes, so that a map finds one quickly among many that were made to have the same hash. */
    @Override
    public int compareTo(Prefix other) {
        int shorter = Math.min(length, other.length);
        for (int i = 0; i < shorter; i++) {
            int difference = text.charAt(i) - other.text.charAt(i);
            if (difference != 0) {
                return difference;
            }
        }
        return length - other.length;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
