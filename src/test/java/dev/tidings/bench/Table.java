package dev.tidings.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The figures as text: a table for each scenario. Each server has a line of medians, and below it one of the least and the
 * most of its rounds if there are several.
 */
final class Table {

    private final Results results;
    private final Optional<String> peer;

    /** Of these results; figures of other servers are followed by their ratio to this peer's. */
    Table(Results results, Optional<String> peer) {
        this.results = results;
        this.peer = peer;
    }

    /** The table of one scenario. */
    String of(String scenario) {
        List<String> servers = results.servers(scenario);
        List<Metric> metrics = servers.stream()
                .map(server -> results.spreads(scenario, server).keySet())
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of(scenario));
        metrics.forEach(metric -> heading.add(metric.toString()));
        rows.add(heading);
        for (String server : servers) {
            Map<Metric, Spread> spreads = results.spreads(scenario, server);
            List<String> medians = new ArrayList<>(List.of(server));
            List<String> bounds = new ArrayList<>(List.of(""));
            for (Metric metric : metrics) {
                Optional<Spread> spread = Optional.ofNullable(spreads.get(metric));
                medians.add(spread.map(found -> figure(metric, found.median(), base(scenario, server, metric)))
                        .orElse("-"));
                bounds.add(spread.map(found -> bounds(metric, found)).orElse(""));
            }
            rows.add(medians);
            if (!bounds.stream().allMatch(String::isEmpty)) {
                rows.add(bounds);
            }
        }
        return layOut(rows);
    }

    private Optional<Double> base(String scenario, String server, Metric metric) {
        return peer.filter(name -> !name.equals(server))
                .map(name -> results.spreads(scenario, name).get(metric))
                .map(Spread::median);
    }

    /** The least and the most; nothing if they are one. */
    private static String bounds(Metric metric, Spread spread) {
        return spread.least() == spread.most()
                ? ""
                : figure(metric, spread.least(), Optional.empty()) + " to "
                        + figure(metric, spread.most(), Optional.empty());
    }

    /** One figure, and its ratio to another in brackets. */
    static String figure(Metric metric, double figure, Optional<Double> base) {
        String text = String.format(Locale.ROOT, "%,." + metric.decimals() + "f", figure);
        return base.filter(other -> other > 0)
                .map(other -> text + String.format(Locale.ROOT, " (x%.2f)", figure / other))
                .orElse(text);
    }

    private static String layOut(List<List<String>> rows) {
        var text = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int place = column;
                int width = rows.stream()
                        .mapToInt(other -> other.get(place).length())
                        .max()
                        .orElse(0);
                String format = column == 0 ? "%-" + width + "s" : "   %" + width + "s";
                text.append(String.format(Locale.ROOT, format, row.get(column)));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
