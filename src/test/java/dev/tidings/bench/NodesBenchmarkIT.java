package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of many nodes, small: what it measures is not looked at, only that it measures. */
class NodesBenchmarkIT {

    @Test
    void everyScenarioIsCompleteAndReported(@TempDir Path directory) throws IOException {
        var printed = new ByteArrayOutputStream();
        Options options = Options.of(
                "scenarios=publish-1,publish-8,publish-64,publish-ndjson,across,across-many",
                "servers=three-nodes,xadd",
                "warm-ups=0",
                "rounds=1",
                "streams=9",
                "events=200",
                "output=" + directory);
        assertThat(NodesBenchmark.measure(options, new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .as(() -> printed.toString(StandardCharsets.UTF_8))
                .isTrue();
        JsonNode report =
                new ObjectMapper().readTree(directory.resolve("results.json").toFile());
        assertThat(report.path("trials")).hasSize(4 * 2 + 2).allSatisfy(trial -> {
            assertThat(trial.path("faults")).isEmpty();
            assertThat(trial.path("figures")).isNotEmpty();
        });
    }
}
