package dev.tidings.log;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events of a history by the ids that their publishers gave.
 *
 * <p>Ids made by the log need no index. An id should be unique. A repeated id is found at the first stored event that has
 * it, so that a resume from it may repeat events and never loses one.
 *
 * <p>This is a hash table and a queue in one. Ids leave in the order in which they came, so the oldest id of all is also the
 * first of its chain. {@link #prepare} makes the arrays large enough. Nothing else takes memory, so nothing else can fail. An
 * id costs 24 bytes beside its text. The hash depends on a number that only this process knows, so that no publisher can
 * choose ids that fall into one chain.
 *
 * <p><b>Threads.</b> None by itself: its log guards it.
 */
final class PublisherIds {

    private static final int FIRST_CAPACITY = 64;
    private static final int NONE = -1;

    /** In the place of an id that was erased. No event has an empty id. */
    private static final String ERASED = "";

    /** The largest prime that makes a remainder cheap: 2<sup>61</sup> - 1. */
    private static final long PRIME = (1L << 61) - 1;

    /** The queue, beginning at {@link #oldest}. The length of each of these arrays is a power of two. */
    private @Nullable String[] ids = new String[FIRST_CAPACITY];

    private long[] sequences = new long[FIRST_CAPACITY];

    /** By slot, the slot of the next id in its chain. */
    private int[] next = new int[FIRST_CAPACITY];

    /** The first and the last slot of each chain. If a chain has no first slot, its last means nothing. */
    private int[] heads = none(FIRST_CAPACITY);

    private int[] tails = new int[FIRST_CAPACITY];

    private final long base = ThreadLocalRandom.current().nextLong(1 << 16, PRIME);
    private int oldest;
    private int count;

    /** Makes room for the ids of these events. */
    void prepare(List<Event> events) {
        int wanted = count;
        for (Event event : events) {
            wanted += event.publisherId() == null ? 0 : 1;
        }
        if (wanted > ids.length) {
            grow(Integer.highestOneBit(wanted - 1) << 1);
        }
    }

    /** Adds the id of an event newer than all others, for which there is room. */
    void add(Event event) {
        String id = event.publisherId();
        if (id != null) {
            append(id, event.sequence());
        }
    }

    /** Forgets the ids of the events up to a sequence number. */
    void forgetUpTo(long sequence) {
        while (count > 0 && sequences[oldest] <= sequence) {
            heads[chain(at(oldest))] = next[oldest];
            ids[oldest] = null;
            oldest = slot(1);
            count--;
        }
    }

    /** Forgets the id of one event, which may have none. Nothing is found until {@link #relink} was called. */
    void erase(long sequence) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sequences[slot(middle)] < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < count && sequences[slot(low)] == sequence) {
            ids[slot(low)] = ERASED;
        }
    }

    /** Makes the chains of what is in the queue. */
    void relink() {
        Arrays.fill(heads, NONE);
        for (int i = 0; i < count; i++) {
            link(slot(i), at(slot(i)));
        }
    }

    /** The sequence number of the first stored event that has this id, or null. */
    @Nullable
    Long find(String id) {
        int slot = heads[chain(id)];
        while (slot != NONE && !at(slot).equals(id)) {
            slot = next[slot];
        }
        return slot == NONE || id.equals(ERASED) ? null : sequences[slot];
    }

    private void append(String id, long sequence) {
        int slot = slot(count);
        ids[slot] = id;
        sequences[slot] = sequence;
        count++;
        link(slot, id);
    }

    /** Puts a slot at the end of the chain of its id. */
    private void link(int slot, String id) {
        int chain = chain(id);
        next[slot] = NONE;
        if (heads[chain] == NONE) {
            heads[chain] = slot;
        } else {
            next[tails[chain]] = slot;
        }
        tails[chain] = slot;
    }

    private void grow(int length) {
        @Nullable String[] moreIds = Arrays.copyOf(new String[0], length);
        var moreSequences = new long[length];
        var moreNext = new int[length];
        int[] moreHeads = none(length);
        var moreTails = new int[length];
        for (int i = 0; i < count; i++) {
            moreIds[i] = ids[slot(i)];
            moreSequences[i] = sequences[slot(i)];
        }
        ids = moreIds;
        sequences = moreSequences;
        next = moreNext;
        heads = moreHeads;
        tails = moreTails;
        oldest = 0;
        relink();
    }

    private static int[] none(int length) {
        var heads = new int[length];
        Arrays.fill(heads, NONE);
        return heads;
    }

    private String at(int slot) {
        return requireNonNull(ids[slot]);
    }

    /** The slot of the id that came this many after the oldest. */
    private int slot(int after) {
        return (oldest + after) & (ids.length - 1);
    }

    /** Takes the characters as the digits of a number, to a secret base, modulo a prime. */
    private int chain(String id) {
        long number = 1;
        for (int i = 0; i < id.length(); i++) {
            long high = Math.multiplyHigh(number, base);
            long low = number * base;
            number = (low & PRIME) + ((low >>> 61) | (high << 3)) + id.charAt(i);
            number = (number & PRIME) + (number >>> 61);
        }
        return (int) (number ^ (number >>> 32)) & (ids.length - 1);
    }
}
