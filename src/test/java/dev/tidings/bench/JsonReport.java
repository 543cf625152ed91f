package dev.tidings.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** All results as a JSON file: every figure of every round, the medians, and where they were measured. */
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
        for (String scenario : plan.scenarios()) {
            ObjectNode servers = medians.putObject(scenario);
            results.servers(scenario)
                    .forEach(server -> put(servers.putObject(server), results.medians(scenario, server)));
        }
        var trials = root.putArray("trials");
        for (Results.Result result : results.all()) {
            ObjectNode trial = trials.addObject();
            trial.put("scenario", result.scenario());
            trial.put("server", result.server());
            trial.put("round", result.round());
            put(trial.putObject("figures"), result.outcome().figures());
            result.outcome().faults().forEach(trial.putArray("faults")::add);
        }
        Path file = Files.createDirectories(directory).resolve("results.json");
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
        return file;
    }

    private static void put(ObjectNode node, Map<Metric, Double> figures) {
        figures.forEach((metric, figure) -> node.put(metric.toString(), figure));
    }
}
