package dev.tidings.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    private final Results results = new Results();

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
        try (Fleet fleet = benchmark.fleet(Deployment.from(options))) {
            well = benchmark.run(fleet);
        }
        System.exit(well ? 0 : 1);
    }

    private Fleet fleet(Optional<Target> deployment) {
        return deployment.map(Fleet::of).orElseGet(() -> Fleet.start(plan, out));
    }

    /** Runs all, and returns whether all went well. */
    boolean run(Fleet fleet) throws IOException {
        List<Turn> turns = turns(fleet);
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            out.printf(
                    "[%d/%d] %s, %s on %s ... ",
                    i + 1, turns.size(), Round.title(turn.round), turn.scenario, turn.target.name());
            out.flush();
            Outcome outcome = run(turn);
            results.add(new Results.Result(turn.scenario, turn.target.name(), turn.round, outcome));
            out.println(outcome.faults().isEmpty() ? inWords(outcome) : "WRONG: " + outcome.faults());
        }
        report(fleet.peer());
        return results.faults().isEmpty();
    }

    /** The outcomes so far. */
    Results results() {
        return results;
    }

    private List<Turn> turns(Fleet fleet) {
        List<Turn> turns = new ArrayList<>();
        Map<String, Scenario> scenarios = Scenarios.all();
        for (int round = 1 - plan.warmUps(); round <= plan.rounds(); round++) {
            for (String scenario : plan.scenarios()) {
                for (Target target : fleet.targets()) {
                    if (scenarios.get(scenario).needs().stream().allMatch(target::can)) {
                        turns.add(new Turn(round, scenario, target));
                    } else if (round == plan.rounds()) {
                        out.println(target.name() + " is left out of " + scenario + ": it cannot do that");
                    }
                }
            }
        }
        return turns;
    }

    private Outcome run(Turn turn) {
        try (var trial = new Trial(turn.target, plan)) {
            return Scenarios.all().get(turn.scenario).run(trial);
        } catch (TrialFailedException failure) {
            return Outcome.failed(failure.getMessage());
        }
    }

    private void report(Optional<String> peer) throws IOException {
        var table = new Table(results, peer);
        out.printf("%nMedians of %d rounds", plan.rounds());
        peer.ifPresent(name -> out.printf("; in brackets the ratio to %s", name));
        out.printf("; docs/benchmark.md says what the numbers mean%n%n");
        plan.scenarios().forEach(scenario -> out.println(table.of(scenario)));
        Path file = JsonReport.write(results, plan, peer, plan.output());
        out.println("All figures are in " + file);
        if (!results.faults().isEmpty()) {
            out.printf("%n*** WRONG, so that these figures mean nothing where it was:%n");
            results.faults().forEach(fault -> out.println("*** " + fault));
        }
    }

    private static String inWords(Outcome outcome) {
        return outcome.figures().entrySet().stream()
                .map(figure ->
                        Table.figure(figure.getKey(), figure.getValue(), Optional.empty()) + " " + figure.getKey())
                .collect(Collectors.joining(", "));
    }

    /** One trial to come. */
    private record Turn(int round, String scenario, Target target) {}
}
