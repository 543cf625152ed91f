package dev.tidings.bench;

import java.util.Arrays;
import java.util.Optional;

/**
 * What several rounds have measured of the same thing.
 *
 * <p><b>Threads.</b> Any.
 *
 * @param median the middle one, or what is between the two in the middle
 */
record Spread(double median, double least, double most) {

    /** That of these figures; empty when there are none. */
    static Optional<Spread> of(double... figures) {
        if (figures.length == 0) {
            return Optional.empty();
        }
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(new Spread(median, sorted[0], sorted[sorted.length - 1]));
    }
}
