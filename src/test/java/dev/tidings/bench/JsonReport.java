package dev.tidings.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** All results as a JSON file: every figure of every round, what they come to, and where they were measured. */
final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    /** Writes the file into a directory and returns where it is. */
    static Path write(Results results, Plan plan, Optional<String> peer, Path directory) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("written", Instant.now().toString());
        ObjectNode machine = root.putObject("machine");
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("java", Runtime.version().toString());
        root.put("rounds", plan.rounds());
        root.put("maxStreams", plan.maxStreams());
        root.put("maxEvents", plan.maxEvents());
        peer.ifPresent(name -> root.put("ratiosTo", name));
        ObjectNode medians = root.putObject("medians");
        ObjectNode spreads = root.putObject("spreads");
        for (String scenario : plan.scenarios()) {
            ObjectNode mediansOfServers = medians.putObject(scenario);
            ObjectNode spreadsOfServers = spreads.putObject(scenario);
            for (String server : results.servers(scenario)) {
                ObjectNode medianOf = mediansOfServers.putObject(server);
                ObjectNode spreadOf = spreadsOfServers.putObject(server);
                results.spreads(scenario, server).forEach((metric, spread) -> {
                    medianOf.put(metric.toString(), spread.median());
                    spreadOf.putObject(metric.toString())
                            .put("median", spread.median())
                            .put("least", spread.least())
                            .put("most", spread.most());
                });
            }
        }
        var trials = root.putArray("trials");
        for (Results.Result result : results.all()) {
            ObjectNode trial = trials.addObject();
            trial.put("scenario", result.scenario());
            trial.put("server", result.server());
            trial.put("round", result.round());
            ObjectNode figures = trial.putObject("figures");
            result.outcome().figures().forEach((metric, figure) -> figures.put(metric.toString(), figure));
            result.outcome().faults().forEach(trial.putArray("faults")::add);
            result.outcome().notes().forEach(trial.putArray("notes")::add);
        }
        Path file = Files.createDirectories(directory).resolve("results.json");
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
        return file;
    }
}
