package dev.tidings.bench;

import dev.tidings.bench.BenchmarkRun.Turn;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Scrape;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What metrics cost: a hub whose metrics are read each second, one that has none to be read, and one of another WAR, such as one
 * from before there were any. Its part of {@code docs/benchmark.md} says how to run it.
 *
 * <p><b>Threads.</b> One; a trial has others.
 */
final class MetricsBenchmark {

    private static final String SCRAPED = "scraped";
    private static final String OFF = "off";
    private static final String OTHER = "other";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Set<String> SCENARIOS = Set.of("broadcast", "paced", "unicast");

    private MetricsBenchmark() {}

    /** Exits with 1 when an event was missing, came again or out of order, or a trial failed otherwise; else with 0. */
    public static void main(String... arguments) throws IOException {
        System.exit(measure(Options.of(arguments), System.out) ? 0 : 1);
    }

    private static boolean measure(Options options, PrintStream out) throws IOException {
        String war = options.text("war", "");
        Plan plan = Plan.from(
                options,
                SCENARIOS,
                List.of("broadcast", "paced"),
                OFF + "," + SCRAPED + (war.isEmpty() ? "" : "," + OTHER));
        ContainerKind kind =
                options.text("container", "jetty").equals("jetty") ? ContainerKind.JETTY : ContainerKind.TOMCAT_11;
        UnaryOperator<ContainerSpec> off = spec -> spec.set("tidings.metrics", "off");
        List<Launcher> launchers = List.of(
                new HubLauncher(OFF, kind, off),
                new HubLauncher(SCRAPED, kind, UnaryOperator.identity()),
                new HubLauncher(OTHER, kind, spec -> spec.with(Path.of(war))));
        try (Fleet fleet = Fleet.start(plan, launchers, out)) {
            return new BenchmarkRun(plan, out).run(turns(plan, fleet), Optional.of(OFF));
        }
    }

    private static List<Turn> turns(Plan plan, Fleet fleet) {
        List<Turn> turns = new ArrayList<>();
        Map<String, Scenario> scenarios = Scenarios.all();
        for (int round = 1 - plan.warmUps(); round <= plan.rounds(); round++) {
            for (String name : plan.scenarios()) {
                for (Target hub : fleet.targets()) {
                    turns.add(new Turn(round, name, hub.name(), () -> trial(scenarios.get(name), hub, plan)));
                }
            }
        }
        return turns;
    }

    private static Outcome trial(Scenario scenario, Target hub, Plan plan) {
        try (var trial = new Trial(hub, plan);
                var scraper = new Repeating("scraper", SECOND, () -> Scrape.of(hub.uri()))) {
            if (hub.name().equals(SCRAPED)) {
                scraper.start();
            }
            return scenario.run(trial);
        }
    }
}
