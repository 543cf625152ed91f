package dev.tidings.hub;

import dev.tidings.log.Retention;
import java.time.Clock;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever publishers, subscribers, retention and restarts do, in whatever order, each subscriber gets what a simple
 * model says: everything after the sequence number it began at, once, in order, or it is told of a gap, and never falsely.
 *
 * <p>Each log's own test is this, and says how that log is opened again.
 */
abstract class GeneratedHistory {

    /** A log with what it keeps over a restart; the first time with nothing. */
    interface Restartable extends AutoCloseable {

        EventLog open(Retention retention, Clock clock);

        /** Whether {@link #open} finds what the log before it held. */
        boolean survives();

        /** How many bytes of text history holds; a log that may hold a few more has a bound that is never reached. */
        default long mostBytes() {
            return 4_000;
        }

        @Override
        void close();
    }

    abstract Restartable log();

    @Property(tries = 300)
    void everySubscriberGetsWhatTheModelSays(@ForAll("steps") List<Step> steps) {
        try (Restartable log = log();
                var run = new GeneratedRun(log)) {
            steps.forEach(run::take);
            run.finish();
        }
    }

    /** The read that passes it over returns no event. Only the position that is reached shows that it was passed over. */
    @Example
    void privateEventThatWasReadWithoutAGrantDoesNotComeWithALaterOne() {
        everySubscriberGetsWhatTheModelSays(List.of(
                new Step.Open(2, "*", true, Step.From.NOW),
                new Step.Publish(1, "/users/u", 0, 0),
                new Step.Regrant(2, false),
                new Step.PublishMeanwhile(
                        new Step.Publish(1, "/a", 0, 0), List.of(new Step.Read(2, 1), new Step.Regrant(2, true)))));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(10, publish()),
                        Tuple.of(3, publishMeanwhile()),
                        Tuple.of(5, open()),
                        Tuple.of(6, read()),
                        Tuple.of(4, change()),
                        Tuple.of(1, regrant()),
                        Tuple.of(3, leave()),
                        Tuple.of(1, Arbitraries.integers().between(1, 40).map(Step.Wait::new)),
                        Tuple.of(1, Arbitraries.just(new Step.Restart())))
                .list()
                .ofMinSize(1)
                .ofMaxSize(120);
    }

    private static Arbitrary<Step> publish() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.of("/a", "/b", "/users/u"),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(0, 300))
                .as(Step.Publish::new);
    }

    private static Arbitrary<Step> publishMeanwhile() {
        Arbitrary<List<Step>> meanwhile = Arbitraries.frequencyOf(
                        Tuple.of(4, open()),
                        Tuple.of(3, read()),
                        Tuple.of(4, change()),
                        Tuple.of(2, regrant()),
                        Tuple.of(1, leave()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
        return Combinators.combine(publish(), meanwhile)
                .as((publish, steps) -> new Step.PublishMeanwhile((Step.Publish) publish, steps));
    }

    private static Arbitrary<Step> leave() {
        return Arbitraries.integers().between(0, 3).map(Step.Leave::new);
    }

    private static Arbitrary<Step> open() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of("/a", "*", "/users/{x}"),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Step.From.values()))
                .as(Step.Open::new);
    }

    private static Arbitrary<Step> change() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of("/a", "/b", "*", "/users/{x}"),
                        Arbitraries.of(true, false))
                .as(Step.Change::new);
    }

    private static Arbitrary<Step> regrant() {
        return Combinators.combine(Arbitraries.integers().between(0, 3), Arbitraries.of(true, false))
                .as(Step.Regrant::new);
    }

    private static Arbitrary<Step> read() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 30))
                .as(Step.Read::new);
    }
}
