package dev.tidings.bench;

import dev.tidings.testing.Latencies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * What a trial measured, and what was wrong with what the streams were sent.
 *
 * <p><b>Threads.</b> One fills it; then it does not change.
 */
final class Outcome {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MEDIAN = 0.5;
    private static final double ALMOST_ALL = 0.99;

    private final Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    private final List<String> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** One with nothing but what went wrong. */
    static Outcome failed(String fault) {
        var outcome = new Outcome();
        outcome.faults.add(fault);
        return outcome;
    }

    Outcome with(Metric metric, double figure) {
        figures.put(metric, figure);
        return this;
    }

    /** With so many in so many nanoseconds. */
    Outcome rate(Metric metric, long count, long nanos) {
        return with(metric, count * NANOS_PER_SECOND / Math.max(1, nanos));
    }

    /** With so many nanoseconds, in seconds. */
    Outcome seconds(Metric metric, long nanos) {
        return with(metric, nanos / NANOS_PER_SECOND);
    }

    /** With what was spent on each of so many in each second of so many nanoseconds, if that is known. */
    Outcome perSecond(Metric metric, Meter meter, long count, long nanos) {
        meter.each(count).ifPresent(micros -> with(metric, micros * NANOS_PER_SECOND / nanos));
        return this;
    }

    /** With what was spent on each of so many, if that is known. */
    Outcome cpu(Meter meter, long count) {
        Optional<Double> each = meter.each(count);
        each.ifPresent(micros -> figures.put(Metric.CPU, micros));
        return this;
    }

    /** With how long these were under way. */
    Outcome latencies(Latencies latencies) {
        return percentiles(Metric.P50, Metric.P99, latencies).with(Metric.MAX, latencies.millis(1));
    }

    /** With the milliseconds within which half of these were over, and within which 99 % were. */
    Outcome percentiles(Metric half, Metric almostAll, Latencies latencies) {
        return with(half, latencies.millis(MEDIAN)).with(almostAll, latencies.millis(ALMOST_ALL));
    }

    /** Sees that each stream of a group was sent so many events, once and in order. */
    Outcome verify(Group group, IntUnaryOperator expected) {
        group.faults(expected).ifPresent(faults::add);
        return this;
    }

    /** With a sentence beside the figures. */
    Outcome note(String sentence) {
        notes.add(sentence);
        return this;
    }

    /** What is to be said beside the figures. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    Map<Metric, Double> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /** What was wrong; empty when all was well. */
    List<String> faults() {
        return List.copyOf(faults);
    }
}
