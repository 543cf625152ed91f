package dev.tidings.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How long something took, counted by classes of length.
 *
 * <p><b>Threads.</b> Any. Recording takes no lock and allocates nothing.
 */
public final class Latencies {

    /** The longest of each class but the last, in seconds. The last has what is longer. */
    private static final List<Double> BOUNDS =
            List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long[] boundsInNanos = new long[BOUNDS.size()];
    private final LongAdder[] counts = new LongAdder[BOUNDS.size() + 1];
    private final LongAdder sum = new LongAdder();

    /** Nothing is counted yet. */
    public Latencies() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
            if (i < BOUNDS.size()) {
                boundsInNanos[i] = (long) (BOUNDS.get(i) * NANOS);
            }
        }
    }

    /**
     * What was counted until now.
     *
     * @param bounds the longest of each class but the last, in seconds
     * @param counts how many are in each class
     * @param sum of all, in seconds
     */
    public record Snapshot(List<Double> bounds, List<Long> counts, double sum) {

        /** How many there are. */
        public long total() {
            return counts.stream().mapToLong(count -> count).sum();
        }

        /** What has come since an earlier snapshot. */
        public Snapshot since(Snapshot earlier) {
            var more = new ArrayList<Long>();
            for (int i = 0; i < counts.size(); i++) {
                more.add(counts.get(i) - earlier.counts.get(i));
            }
            return new Snapshot(bounds, more, sum - earlier.sum);
        }

        /**
         * The length that this part of all does not exceed, in seconds, taken as evenly spread within its class. 0 if there are none.
         *
         * @param part from 0 to 1
         */
        public double quantile(double part) {
            double rest = part * total();
            for (int i = 0; i < counts.size(); i++) {
                long count = counts.get(i);
                if (count > 0 && rest <= count) {
                    double from = i == 0 ? 0 : bounds.get(i - 1);
                    return i == bounds.size() ? from : from + (bounds.get(i) - from) * rest / count;
                }
                rest -= count;
            }
            return 0;
        }
    }

    /** Counts one. */
    void record(long nanos) {
        int i = 0;
        while (i < boundsInNanos.length && nanos > boundsInNanos[i]) {
            i++;
        }
        counts[i].increment();
        sum.add(Math.max(0, nanos));
    }

    /** What was counted until now. */
    public Snapshot snapshot() {
        return new Snapshot(BOUNDS, Stream.of(counts).map(LongAdder::sum).toList(), sum.sum() / NANOS);
    }
}
