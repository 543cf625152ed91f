package dev.tidings.testing;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long things took, to be shown: tests assert nothing of times, which belong to the machine.
 *
 * <p>Counted in classes no wider than a sixty-fourth of what they hold, so that it takes the same memory however many there are; the longest
 * is exact.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    /** Each doubling is divided into so many classes, a power of two. */
    private static final int CLASSES = 64;

    private static final int CLASS_BITS = 6;

    private final long[] counts = new long[CLASSES * (Long.SIZE - CLASS_BITS + 1)];
    private long count;
    private long longest;

    /** Adds what began at that {@link System#nanoTime} and is over now. */
    public void since(long began) {
        add(System.nanoTime() - began);
    }

    /** Adds what took so many nanoseconds. */
    public synchronized void add(long nanos) {
        long took = Math.max(0, nanos);
        counts[classOf(took)]++;
        count++;
        longest = Math.max(longest, took);
    }

    /** Adds all of another. */
    public void add(Latencies other) {
        long[] theirs;
        long theirCount;
        long theirLongest;
        synchronized (other) {
            theirs = other.counts.clone();
            theirCount = other.count;
            theirLongest = other.longest;
        }
        synchronized (this) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += theirs[i];
            }
            count += theirCount;
            longest = Math.max(longest, theirLongest);
        }
    }

    /** Forgets all. */
    public synchronized void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        longest = 0;
    }

    /** The milliseconds within which this share of them was over; 1 is the longest, and 0 is what there is of none. */
    public synchronized double millis(double share) {
        long wanted = (long) Math.ceil(share * count);
        if (wanted == count) {
            return longest / NANOS_PER_MILLI;
        }
        long seen = 0;
        int index = 0;
        while (seen < wanted) {
            seen += counts[index++];
        }
        return Math.min((double) longest, middleOf(Math.max(0, index - 1))) / NANOS_PER_MILLI;
    }

    /** The distribution in milliseconds. */
    @Override
    public synchronized String toString() {
        return String.format(
                Locale.ROOT,
                "%d times: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, longest %.1f ms",
                count,
                millis(0.5),
                millis(0.9),
                millis(0.99),
                millis(1));
    }

    private static int classOf(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - CLASS_BITS - 1);
        return CLASSES * shift + (int) (nanos >> shift);
    }

    /** The middle of a class. */
    private static double middleOf(int index) {
        int shift = Math.max(0, index / CLASSES - 1);
        long least = (long) (index - CLASSES * shift) << shift;
        return least + (1L << shift) / 2.0;
    }
}
