package dev.tidings.bench;

import dev.tidings.bench.BenchmarkRun.Turn;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The benchmark as a program: {@code mvn -Pbench verify} runs it, {@code docs/benchmark.md} says how.
 *
 * <p>Round by round it goes through the scenarios, each on every server in turn, and says how far it is. At the end
 * there are a table and a JSON file.
 *
 * <p><b>Threads.</b> One; a trial has another for its streams.
 */
final class Benchmark {

    private final Plan plan;
    private final PrintStream out;

    Benchmark(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** Exits with 1 when an event was missing, came again or out of order, or a trial failed otherwise; else with 0. */
    public static void main(String... arguments) throws IOException {
        Options options = Options.of(arguments);
        var plan = Plan.from(options);
        var benchmark = new Benchmark(plan, System.out);
        boolean well;
        try (Fleet fleet = benchmark.fleet(options)) {
            well = benchmark.run(fleet);
        }
        System.exit(well ? 0 : 1);
    }

    private Fleet fleet(Options options) {
        boolean longHistory = plan.scenarios().contains(Scenarios.LONG_HISTORY);
        return Deployment.from(options)
                .map(Fleet::of)
                .orElseGet(() -> Fleet.start(plan, Launchers.all(options, longHistory), out));
    }

    /** Runs all, and returns whether all went well. */
    boolean run(Fleet fleet) throws IOException {
        return new BenchmarkRun(plan, out).run(turns(fleet), fleet.peer());
    }

    private List<Turn> turns(Fleet fleet) {
        List<Turn> turns = new ArrayList<>();
        Map<String, Scenario> scenarios = Scenarios.all();
        for (int round = 1 - plan.warmUps(); round <= plan.rounds(); round++) {
            for (String scenario : plan.scenarios()) {
                for (Target target : fleet.targets()) {
                    if (scenarios.get(scenario).needs().stream().allMatch(target::can)) {
                        turns.add(
                                new Turn(round, scenario, target.name(), () -> trial(scenarios.get(scenario), target)));
                    } else if (round == plan.rounds()) {
                        out.println(target.name() + " is left out of " + scenario + ": it cannot do that");
                    }
                }
            }
        }
        return turns;
    }

    private Outcome trial(Scenario scenario, Target target) {
        try (var trial = new Trial(target, plan)) {
            return scenario.run(trial);
        }
    }
}
