package dev.tidings.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How many clients connect in each half second.
 *
 * <p><b>Threads.</b> Any.
 */
final class ConnectCurve {

    private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int SLOTS = 1_200;
    private static final int ROWS = 6;
    private static final int SLOTS_PER_MARK = 10;

    private final int[] connects = new int[SLOTS];
    private final long begin;

    /** One that begins at this {@link System#nanoTime}. */
    ConnectCurve(long begin) {
        this.begin = begin;
    }

    /** Counts a client that connects then. */
    synchronized void add(long nanoTime) {
        int slot = (int) ((nanoTime - begin) / SLOT_NANOS);
        connects[Math.min(slot, SLOTS - 1)]++;
    }

    /** The most in half a second. */
    synchronized int peak() {
        return Arrays.stream(connects).max().orElse(0);
    }

    /** How many in all. */
    synchronized int total() {
        return Arrays.stream(connects).sum();
    }

    /** How many in half a second, of those in which any came. */
    synchronized double mean() {
        return Arrays.stream(connects).filter(count -> count > 0).average().orElse(0);
    }

    /** A column for each half second, with the peak at its top, and the seconds below. */
    synchronized String chart() {
        int last = SLOTS;
        while (last > 1 && connects[last - 1] == 0) {
            last--;
        }
        int peak = Math.max(1, peak());
        var chart = new StringBuilder();
        for (int row = ROWS; row > 0; row--) {
            double floor = (double) peak * (row - 1) / ROWS;
            var line = new StringBuilder();
            for (int slot = 0; slot < last; slot++) {
                line.append(connects[slot] > floor ? '#' : ' ');
            }
            chart.append(String.format(Locale.ROOT, "%5d |%s", Math.round((double) peak * row / ROWS), line)
                            .stripTrailing())
                    .append('\n');
        }
        chart.append("      +");
        for (int slot = 0; slot < last; slot += SLOTS_PER_MARK) {
            chart.append(String.format(Locale.ROOT, "%-" + SLOTS_PER_MARK + "s", slot / 2 + " s"));
        }
        return chart.toString().stripTrailing();
    }
}
