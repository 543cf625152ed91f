package dev.tidings.event;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * The life of one log: from when it was first created until what it held is lost.
 *
 * <p>Every position carries the epoch of its log, so that an id from another log, or from before a
 * restart that forgot everything, is recognised as unknown instead of being taken for a place in
 * this one. The epoch is the log's birth in milliseconds and 26 random bits, laid out as the first
 * 66 bits of a UUID of version 7 (RFC 9562, section 5.7) and the 14 after its variant; the birth
 * stands where that section has its timestamp.
 *
 * @param high the birth (48 bits), the version 7 (4 bits), random (12 bits)
 * @param low random, 14 bits
 */
public record Epoch(long high, int low) {

    static final int LOW_BITS = 14;

    private static final long VERSION = 0x7000L;
    private static final int RANDOM_HIGH_BITS = 12;
    private static final int BIRTH_SHIFT = 16;

    public Epoch {
        if ((high & 0xF000L) != VERSION || low >>> LOW_BITS != 0) {
            throw new IllegalArgumentException("not the epoch of a UUID of version 7");
        }
    }

    /** A new epoch, for a log born at that instant. */
    public static Epoch startingAt(Instant birth) {
        return of(birth.toEpochMilli(), newRandom());
    }

    /**
     * The epoch that is made of these.
     *
     * @param birth in milliseconds, below 2<sup>48</sup>
     * @param random 26 random bits
     */
    public static Epoch of(long birth, int random) {
        return new Epoch(birth << BIRTH_SHIFT | VERSION | random >>> LOW_BITS, random & (1 << LOW_BITS) - 1);
    }

    /** Random bits for a new epoch. */
    public static int newRandom() {
        return new SecureRandom().nextInt(1 << RANDOM_HIGH_BITS + LOW_BITS);
    }

    /** When the log was born, in milliseconds. */
    public long birth() {
        return high >>> BIRTH_SHIFT;
    }

    /** Its random bits. */
    public int random() {
        return (int) (high & (1 << RANDOM_HIGH_BITS) - 1) << LOW_BITS | low;
    }
}
