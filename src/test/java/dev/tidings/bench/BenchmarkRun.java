package dev.tidings.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One run of a benchmark: trial after trial, each with a line that says how it went, then a table and a JSON file.
 *
 * <p><b>Threads.</b> One; a trial has others for its streams.
 */
final class BenchmarkRun {

    private final Plan plan;
    private final PrintStream out;
    private final Results results = new Results();

    BenchmarkRun(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * One trial to come.
     *
     * @param round from 1 on; 0 and less come before those that count
     * @param trial runs it
     */
    record Turn(int round, String scenario, String server, Supplier<Outcome> trial) {}

    /**
     * Runs all, and returns whether all went well.
     *
     * @param peer whose figures others are compared with
     */
    boolean run(List<Turn> turns, Optional<String> peer) throws IOException {
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            out.printf(
                    "[%d/%d] %s, %s on %s ... ",
                    i + 1, turns.size(), Round.title(turn.round), turn.scenario, turn.server);
            out.flush();
            Outcome outcome = outcome(turn);
            results.add(new Results.Result(turn.scenario, turn.server, turn.round, outcome));
            out.println(outcome.faults().isEmpty() ? inWords(outcome) : "WRONG: " + outcome.faults());
            outcome.notes().forEach(note -> out.println("    " + note));
        }
        report(peer);
        return results.faults().isEmpty();
    }

    private static Outcome outcome(Turn turn) {
        try {
            return turn.trial.get();
        } catch (TrialFailedException failure) {
            return Outcome.failed(failure.getMessage());
        }
    }

    private void report(Optional<String> peer) throws IOException {
        var table = new Table(results, peer);
        out.printf("%nMedians of %d rounds", plan.rounds());
        peer.ifPresent(name -> out.printf("; in brackets the ratio to %s", name));
        if (plan.rounds() > 1) {
            out.print("; below each the least and the most");
        }
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
}
