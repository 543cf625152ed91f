package dev.tidings.bench;

import dev.tidings.testing.Eventually;
import dev.tidings.testing.Flood;
import dev.tidings.testing.FloodKind;
import dev.tidings.testing.Latencies;
import dev.tidings.testing.Scrape;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A bystander reads events that another one publishes, and newcomers open streams, while the hub is flooded.
 *
 * @param kind with what, if at all
 */
record Flooded(Optional<FloodKind> kind) implements Scenario {

    /** So slowly that no limit is met. */
    private static final Pace PACE = Pace.perSecond(20);

    /** Two seconds, in which the flood comes into its stride. */
    private static final int WARM_UP = 40;

    private static final int EVENTS = 300;
    private static final int BYTES = 100;
    private static final double MEDIAN = 0.5;

    /** Who is gone is noticed by the second heartbeat after that. */
    private static final Duration CALM = Duration.ofSeconds(60);

    @Override
    public Outcome run(Trial trial) {
        Group group = trial.open(1, 0, i -> trial.channel());
        var script = new Broadcast(trial.target(), trial.channel(), BYTES);
        trial.publish(script, trial.events(WARM_UP), PACE, group);
        Scrape before = Scrape.of(trial.target().uri());
        Outcome outcome = kind.isPresent() ? flooded(trial, script, group, kind.get()) : alone(trial, script, group);
        Scrape after = Scrape.of(trial.target().uri());
        if (kind.isPresent()) {
            outcome.note("tidings_refused_total " + after.growth("tidings_refused_total", before)
                    + ", tidings_http_errors_total " + after.growth("tidings_http_errors_total", before));
        }
        trial.publish(script, 1, PACE, group);
        outcome.verify(group, script::published);
        Eventually.holds(
                "the flood is over", CALM, () -> Scrape.of(trial.target().uri()).sum("tidings_streams") <= 1);
        trial.dismiss(script, 1);
        return outcome;
    }

    private static Outcome flooded(Trial trial, Broadcast script, Group group, FloodKind kind) {
        try (Flood flood = Flood.begin(trial.target().uri(), kind)) {
            trial.publish(script, trial.events(WARM_UP), PACE, group);
            long earlier = flood.count();
            long began = System.nanoTime();
            Outcome outcome = alone(trial, script, group);
            outcome.rate(Metric.FLOOD, flood.count() - earlier, System.nanoTime() - began);
            outcome.note("answers to the flood: " + inWords(flood.answers()));
            return outcome;
        }
    }

    private static Outcome alone(Trial trial, Broadcast script, Group group) {
        try (var newcomers = new Newcomers(trial.target())) {
            group.tally().measure(true);
            trial.publish(script, trial.events(EVENTS), PACE, group);
            group.tally().measure(false);
            Latencies opening = newcomers.latencies();
            Outcome outcome = new Outcome()
                    .latencies(group.tally().latencies())
                    .with(Metric.OPEN_P50, opening.millis(MEDIAN))
                    .with(Metric.OPEN_MAX, opening.millis(1));
            return newcomers.refused() == 0 ? outcome : outcome.note(newcomers.refused() + " newcomers were refused");
        }
    }

    private static String inWords(Map<Integer, Long> answers) {
        var words = new StringBuilder();
        answers.forEach((status, count) -> words.append(words.isEmpty() ? "" : ", ")
                .append(status == 0 ? "cut" : status)
                .append(": ")
                .append(count));
        return words.toString();
    }
}
