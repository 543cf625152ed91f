package dev.tidings.hub;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which stored events a stream begins with, that begins with the newest of each topic.
 *
 * <p>It takes four bytes for each of them, or a bit for each event between the oldest and the newest, whichever is less.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class ChosenEvents {

    private static final int BITS_OF_AN_OFFSET = Integer.SIZE;

    /** The sequence number that offset 0 stands for. */
    private final long base;

    /** The offsets of all, rising; empty if they are in the bits. */
    private final int[] few;

    private final BitSet many;
    private final int last;

    private ChosenEvents(long base, int[] few, BitSet many, int last) {
        this.base = base;
        this.few = few;
        this.many = many;
        this.last = last;
    }

    /**
     * Chooses some events.
     *
     * @param base the sequence number that the first bit stands for
     * @param bits a bit for each event; one at least is set. It is not kept
     */
    static ChosenEvents of(long base, BitSet bits) {
        int first = bits.nextSetBit(0);
        BitSet trimmed = bits.get(first, bits.length());
        int length = trimmed.length();
        return trimmed.cardinality() * (long) BITS_OF_AN_OFFSET <= length
                ? new ChosenEvents(base + first, trimmed.stream().toArray(), new BitSet(0), length - 1)
                : new ChosenEvents(base + first, new int[0], trimmed, length - 1);
    }

    /** The sequence number of the oldest that is chosen. */
    long first() {
        return base;
    }

    /** The sequence number of the newest that is chosen. */
    long last() {
        return base + last;
    }

    /** Whether an event is chosen. */
    boolean has(long sequence) {
        return sequence >= base && sequence <= last() && offsetFrom((int) (sequence - base)) == sequence - base;
    }

    /** The sequence number before the first that is chosen after this one, or of the last if there is none. */
    long beforeNext(long sequence) {
        return sequence >= last() ? sequence : base + offsetFrom((int) Math.max(0, sequence + 1 - base)) - 1;
    }

    /** About what it takes in memory, in bytes. */
    long bytes() {
        return Math.max((long) few.length * Integer.BYTES, many.size() / Byte.SIZE);
    }

    /** The first offset that is chosen, from this one on; there is one. */
    private int offsetFrom(int offset) {
        if (few.length == 0) {
            return many.nextSetBit(offset);
        }
        int found = Arrays.binarySearch(few, offset);
        return few[found >= 0 ? found : -found - 1];
    }
}
