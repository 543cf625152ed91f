package dev.tidings.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The medians as text: a table for each scenario, a line for each server. */
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
                .map(server -> results.medians(scenario, server).keySet())
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of(scenario));
        metrics.forEach(metric -> heading.add(metric.toString()));
        rows.add(heading);
        for (String server : servers) {
            Map<Metric, Double> medians = results.medians(scenario, server);
            List<String> row = new ArrayList<>(List.of(server));
            metrics.forEach(metric -> row.add(figure(metric, medians.get(metric), base(scenario, server, metric))));
            rows.add(row);
        }
        return layOut(rows);
    }

    private Optional<Double> base(String scenario, String server, Metric metric) {
        return peer.filter(name -> !name.equals(server))
                .map(name -> results.medians(scenario, name).get(metric));
    }

    /** One figure, and its ratio to another in brackets. */
    static String figure(Metric metric, @Nullable Double figure, Optional<Double> base) {
        if (figure == null) {
            return "-";
        }
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
