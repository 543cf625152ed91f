package dev.tidings.testing;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long things took, to be shown: tests assert nothing of times, which belong to the machine.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1024];
    private int count;

    /** Adds what began at that {@link System#nanoTime} and is over now. */
    public synchronized void since(long began) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = System.nanoTime() - began;
    }

    /** The distribution in milliseconds. */
    @Override
    public synchronized String toString() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%d times: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, longest %.1f ms",
                count,
                at(sorted, 0.5),
                at(sorted, 0.9),
                at(sorted, 0.99),
                at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_PER_MILLI;
    }
}
