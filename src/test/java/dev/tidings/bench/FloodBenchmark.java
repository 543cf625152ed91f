package dev.tidings.bench;

import dev.tidings.bench.BenchmarkRun.Turn;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.FloodKind;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How long a bystander waits for its events while a hub is flooded. Its part of {@code docs/benchmark.md} says how to run it.
 *
 * <p><b>Threads.</b> One; a trial has others.
 */
final class FloodBenchmark {

    private static final String NONE = "none";
    private static final int HEAP_MEGABYTES = 512;

    private FloodBenchmark() {}

    /** Exits with 1 when the bystander lacked an event or was refused, else with 0. */
    public static void main(String... arguments) throws IOException {
        System.exit(measure(Options.of(arguments), System.out) ? 0 : 1);
    }

    /** Starts the hubs, runs all, ends the hubs, and returns whether all went well. */
    static boolean measure(Options options, PrintStream out) throws IOException {
        Map<String, Flooded> scenarios = scenarios();
        Plan plan = Plan.from(options, scenarios.keySet(), List.copyOf(scenarios.keySet()), "jetty,tomcat");
        List<Launcher> launchers = List.of(
                new HubLauncher("jetty", ContainerKind.JETTY, FloodBenchmark::limited),
                new HubLauncher("tomcat", ContainerKind.TOMCAT_11, FloodBenchmark::limited));
        try (Fleet fleet = Fleet.start(plan, launchers, out)) {
            List<Turn> turns = new ArrayList<>();
            for (int round = 1 - plan.warmUps(); round <= plan.rounds(); round++) {
                for (String name : plan.scenarios()) {
                    for (Target hub : fleet.targets()) {
                        turns.add(new Turn(round, name, hub.name(), () -> trial(scenarios.get(name), hub, plan)));
                    }
                }
            }
            return new BenchmarkRun(plan, out).run(turns, Optional.empty());
        }
    }

    private static Map<String, Flooded> scenarios() {
        var all = new LinkedHashMap<String, Flooded>();
        all.put(NONE, new Flooded(Optional.empty()));
        for (FloodKind kind : FloodKind.values()) {
            all.put(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), new Flooded(Optional.of(kind)));
        }
        return all;
    }

    private static ContainerSpec limited(ContainerSpec spec) {
        return FloodKind.limited(spec).heap(HEAP_MEGABYTES);
    }

    private static Outcome trial(Flooded scenario, Target hub, Plan plan) {
        try (var trial = new Trial(hub, plan)) {
            return scenario.run(trial);
        }
    }
}
