package dev.tidings.event.selector;

/**
 * A set of indexes in one topic: those at which the parts of a template that were compared so far may end.
 *
 * <p>Each index is a bit. So one step moves sixty-four indexes at once, and skips the words at both ends that have
 * none.
 *
 * <p><b>Threads.</b> One.
 */
final class IndexSet {

    private final long[] bits;

    /** The first word that has an index. */
    private int first;

    /** The last word that has one; before {@link #first} when there is none at all. */
    private int last = -1;

    /** @param words how many words the indexes of the topic take */
    IndexSet(int words) {
        this.bits = new long[words];
    }

    boolean isEmpty() {
        return last < first;
    }

    boolean has(int index) {
        return (bits[index >> 6] >>> index & 1) != 0;
    }

    /** The least index, or -1. */
    int least() {
        for (int word = first; word <= last; word++) {
            if (bits[word] != 0) {
                return (word << 6) + Long.numberOfTrailingZeros(bits[word]);
            }
        }
        return -1;
    }

    /** An upper bound of the indexes. */
    int last() {
        return (last << 6) + 63;
    }

    void clear() {
        for (int word = first; word <= last; word++) {
            bits[word] = 0;
        }
        first = 0;
        last = -1;
    }

    void add(int index) {
        include(index >> 6);
        bits[index >> 6] |= 1L << index;
    }

    void addAll(IndexSet others) {
        if (others.isEmpty()) {
            return;
        }
        include(others.first);
        include(others.last);
        for (int word = others.first; word <= others.last; word++) {
            bits[word] |= others.bits[word];
        }
    }

    /**
     * Removes the indexes at which the text does not stand, and moves the others behind the text. Works for a set of
     * one word.
     *
     * @param standing the indexes of each character
     */
    void passInOneWord(String text, long[] standing) {
        long here = bits[0];
        for (int i = 0; i < text.length() && here != 0; i++) {
            here = (here & standing[text.charAt(i)]) << 1;
        }
        bits[0] = here;
        last = here == 0 ? -1 : 0;
    }

    /**
     * Removes the indexes at which the character does not stand, and moves the others behind it.
     *
     * @param standing the indexes of that character
     */
    void pass(long[] standing) {
        if (last + 1 < bits.length) {
            last++;
        }
        // Backwards, so that no word has to wait for the one before.
        for (int word = last; word > first; word--) {
            bits[word] = (bits[word] & standing[word]) << 1 | (bits[word - 1] & standing[word - 1]) >>> 63;
        }
        bits[first] = (bits[first] & standing[first]) << 1;
        while (!isEmpty() && bits[first] == 0) {
            first++;
        }
        if (!isEmpty()) {
            while (bits[last] == 0) {
                last--;
            }
        }
    }

    /**
     * Adds each index to which one piece or more lead from those where one begins: adding the indexes to the runs of
     * characters that pieces cover carries each of them to the end of its run. They may be this set's own.
     *
     * @param begins where a piece may be begun
     * @param starts where there is a piece to begin with
     * @param covered what pieces consist of
     */
    void addRuns(IndexSet begins, long[] starts, long[] covered) {
        int from = begins.first;
        int to = begins.last;
        long carry = 0;
        for (int word = from; word < bits.length && (word <= to || carry != 0); word++) {
            long begun = begins.bits[word] & starts[word];
            long passed = ((begun + covered[word] + carry ^ covered[word]) | begun) & covered[word];
            long ends = (passed << 1 | carry) & ~(covered[word] & ~starts[word]);
            carry = passed >>> 63;
            if (ends != 0) {
                include(word);
                bits[word] |= ends;
            }
        }
    }

    /** Adds all indexes after the least of those where something begins, which may be this set's own. */
    void addRest(IndexSet begins, long[] indexes) {
        int least = begins.least();
        if (least < 0) {
            return;
        }
        int word = least >> 6;
        long rest = indexes[word] & -1L << least & ~(1L << least);
        include(word);
        include(bits.length - 1);
        bits[word] |= rest;
        while (++word < bits.length) {
            bits[word] |= indexes[word];
        }
    }

    private void include(int word) {
        if (isEmpty()) {
            first = word;
            last = word;
        } else {
            first = Math.min(first, word);
            last = Math.max(last, word);
        }
    }
}
