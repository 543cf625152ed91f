package dev.tidings.hub;

import java.security.SecureRandom;

/**
 * A set of topics that has only their hashes: 11 to 32 bytes a topic, however long it is.
 *
 * <p>The hashes have 64 bits and a secret key, so that nobody can choose topics that have the same one (SipHash-1-3). Among a
 * million topics two have the same with a chance of one in 30 million.
 *
 * <p><b>Threads.</b> One.
 */
final class TopicHashes {

    private static final int FIRST_CAPACITY = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int CHARS_PER_WORD = 4;

    private static final int LAST_ROUNDS = 3;

    private final long key0 = RANDOM.nextLong();
    private final long key1 = RANDOM.nextLong();

    /** With open addressing; 0 is free. */
    private long[] slots = new long[FIRST_CAPACITY];

    private int count;

    // The state of the hash that is being made.
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    /** Adds a topic. Returns whether it was not there. */
    boolean add(String topic) {
        if (!put(slots, hash(topic))) {
            return false;
        }
        count++;
        if (count > slots.length / 4 * 3) {
            var larger = new long[slots.length * 2];
            for (long hash : slots) {
                if (hash != 0) {
                    put(larger, hash);
                }
            }
            slots = larger;
        }
        return true;
    }

    /** What it takes in memory, about. */
    long bytes() {
        return (long) slots.length * Long.BYTES;
    }

    private static boolean put(long[] slots, long hash) {
        int mask = slots.length - 1;
        for (int slot = (int) hash & mask; ; slot = slot + 1 & mask) {
            if (slots[slot] == hash) {
                return false;
            }
            if (slots[slot] == 0) {
                slots[slot] = hash;
                return true;
            }
        }
    }

    private long hash(String topic) {
        v0 = key0 ^ 0x736f6d6570736575L;
        v1 = key1 ^ 0x646f72616e646f6dL;
        v2 = key0 ^ 0x6c7967656e657261L;
        v3 = key1 ^ 0x7465646279746573L;
        int length = topic.length();
        for (int from = 0; from + CHARS_PER_WORD <= length; from += CHARS_PER_WORD) {
            mix(word(topic, from, from + CHARS_PER_WORD));
        }
        mix((long) length << 48 | word(topic, length - length % CHARS_PER_WORD, length));
        v2 ^= 0xff;
        for (int i = 0; i < LAST_ROUNDS; i++) {
            round();
        }
        long hash = v0 ^ v1 ^ v2 ^ v3;
        return hash == 0 ? 1 : hash;
    }

    private static long word(String topic, int from, int to) {
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = word << Character.SIZE | topic.charAt(i);
        }
        return word;
    }

    private void mix(long word) {
        v3 ^= word;
        round();
        v0 ^= word;
    }

    private void round() {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
    }
}
