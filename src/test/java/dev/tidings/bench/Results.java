package dev.tidings.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The outcomes of all trials.
 *
 * <p><b>Threads.</b> One.
 */
final class Results {

    private final List<Result> all = new ArrayList<>();

    /**
     * One outcome.
     *
     * @param round from 1 on; 0 and less came before those that count
     */
    record Result(String scenario, String server, int round, Outcome outcome) {}

    void add(Result result) {
        all.add(result);
    }

    List<Result> all() {
        return List.copyOf(all);
    }

    /** The servers that a scenario was tried on, in the order they took turns. */
    List<String> servers(String scenario) {
        return all.stream()
                .filter(result -> result.scenario.equals(scenario))
                .map(Result::server)
                .distinct()
                .toList();
    }

    /** What the rounds that count and went well have measured. */
    Map<Metric, Spread> spreads(String scenario, String server) {
        var spreads = new EnumMap<Metric, Spread>(Metric.class);
        for (Metric metric : Metric.values()) {
            double[] figures = all.stream()
                    .filter(result -> result.scenario.equals(scenario) && result.server.equals(server))
                    .filter(result ->
                            result.round > 0 && result.outcome.faults().isEmpty())
                    .flatMap(result -> result.outcome.figures().entrySet().stream())
                    .filter(figure -> figure.getKey() == metric)
                    .mapToDouble(Map.Entry::getValue)
                    .toArray();
            Spread.of(figures).ifPresent(spread -> spreads.put(metric, spread));
        }
        return spreads;
    }

    /** In words, whatever was wrong in any round. */
    List<String> faults() {
        return all.stream()
                .flatMap(result -> result.outcome.faults().stream()
                        .map(fault -> result.scenario + " on " + result.server + ", " + Round.title(result.round) + ": "
                                + fault))
                .toList();
    }
}
