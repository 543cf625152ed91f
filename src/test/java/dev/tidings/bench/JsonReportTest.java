package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {

    @TempDir
    private Path directory;

    @Test
    void trialHasItsFiguresAndWhatIsSaidBesideThem() throws IOException {
        var results = new Results();
        var outcome = new Outcome().with(Metric.P50, 2.5).note("direct buffers are unknown");
        results.add(new Results.Result("idle", "jetty", 1, outcome));
        Plan plan = Plan.from(new Options(Map.of("scenarios", "idle"), Map.of()));
        Path file = JsonReport.write(results, plan, Optional.empty(), directory);
        assertThat(new ObjectMapper().readTree(file.toFile()).path("trials"))
                .singleElement()
                .satisfies(trial -> {
                    assertThat(trial.at("/figures/p50 ms").asDouble()).isEqualTo(2.5);
                    assertThat(trial.path("notes")).singleElement().hasToString("\"direct buffers are unknown\"");
                    assertThat(trial.path("faults")).isEmpty();
                });
    }
}
