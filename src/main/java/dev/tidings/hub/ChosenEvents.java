package dev.tidings.hub;

import java.util.BitSet;

/**
 * Which stored events a stream begins with, that begins with the newest of each topic.
 *
 * <p>It takes a bit for each event between the start of history and the newest chosen, however many topics there are.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class ChosenEvents {

    /** The sequence number that the first bit stands for. */
    private final long base;

    private final BitSet bits = new BitSet();

    /** @param start the sequence number before the first that may be chosen */
    ChosenEvents(long start) {
        this.base = start + 1;
    }

    /** Chooses an event. One that was stored no more when this was made cannot be chosen. */
    void add(long sequence) {
        bits.set(Math.toIntExact(sequence - base));
    }

    boolean isEmpty() {
        return bits.isEmpty();
    }

    /** The sequence number of the oldest that is chosen. There has to be one. */
    long first() {
        return base + bits.nextSetBit(0);
    }

    /** The sequence number of the newest that is chosen. There has to be one. */
    long last() {
        return base + bits.length() - 1;
    }

    /** Whether an event is chosen. */
    boolean has(long sequence) {
        long index = sequence - base;
        return index >= 0 && index < bits.length() && bits.get((int) index);
    }

    /** The sequence number before the first that is chosen after this one, or of the last if there is none. */
    long beforeNext(long sequence) {
        long from = Math.max(0, sequence + 1 - base);
        if (from >= bits.length()) {
            return Math.max(sequence, last());
        }
        return base + bits.nextSetBit((int) from) - 1;
    }
}
