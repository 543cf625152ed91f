package dev.tidings.bench;

import dev.tidings.testing.Latencies;

/**
 * What some streams have been sent, counted together.
 *
 * <p><b>Threads.</b> The crowd's; others when they have been told by it that it has come so far.
 */
final class Tally {

    private final Latencies latencies = new Latencies();
    private long delivered;
    private long lastAt;
    private long early;
    private long earlyBelow;
    private long earlyAt;
    private volatile boolean measuring;

    /** Counts an event. */
    void add(long number, long nanos) {
        delivered++;
        if (number < earlyBelow) {
            early++;
            earlyAt = System.nanoTime();
        }
        if (measuring) {
            latencies.add(nanos);
            lastAt = System.nanoTime();
        }
    }

    /** How many were delivered. */
    long delivered() {
        return delivered;
    }

    /** Begins to measure, or ends it. */
    void measure(boolean on) {
        if (on) {
            latencies.clear();
        }
        measuring = on;
    }

    /** From now on those with a lower number than this are counted by themselves, too. */
    void watchBelow(long number) {
        earlyBelow = number;
    }

    /** How many with a lower number were delivered since {@link #watchBelow}. */
    long early() {
        return early;
    }

    /** The {@link System#nanoTime} at which the last of {@link #early} came. */
    long earlyAt() {
        return earlyAt;
    }

    /** How long those took that were delivered while it measured. */
    Latencies latencies() {
        return latencies;
    }

    /** The {@link System#nanoTime} at which the last one came while it measured. */
    long lastAt() {
        return lastAt;
    }
}
