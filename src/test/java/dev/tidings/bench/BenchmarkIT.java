package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark, small: what it measures is not looked at, only that it measures, and sees what is wrong. */
@EveryContainer(kinds = ContainerKind.JETTY, only = true)
class BenchmarkIT {

    private static final int STREAMS = 20;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void everyScenarioIsCompleteAndReported(Container container) throws IOException {
        Benchmark benchmark = benchmark(String.join(",", Scenarios.all().keySet()));
        assertThat(benchmark.run(Fleet.of(deployment(container))))
                .as(this::text)
                .isTrue();

        JsonNode report =
                new ObjectMapper().readTree(directory.resolve("results.json").toFile());
        assertThat(report.path("trials")).hasSameSizeAs(Scenarios.all().keySet());
        assertThat(report.path("trials")).allSatisfy(trial -> {
            assertThat(trial.path("faults")).isEmpty();
            assertThat(trial.path("figures")).isNotEmpty();
        });
        assertThat(Scenarios.all().keySet()).allSatisfy(scenario -> {
            assertThat(report.at("/medians/" + scenario + "/hub")).as(scenario).isNotEmpty();
            assertThat(text()).contains(scenario);
        });
    }

    @Test
    void eventThatIsReplacedByItsForerunnerIsMissingAndDoubled(Container container) throws IOException {
        Benchmark benchmark = benchmark("broadcast");
        assertThat(benchmark.run(Fleet.of(new Stuttering(deployment(container)))))
                .isFalse();
        assertThat(text()).contains("WRONG").contains(STREAMS + " events missing, " + STREAMS + " doubled");
    }

    @Test
    void refusalIsToldWithItsReason(Container container) throws IOException {
        Target refused = new HubTarget(
                "hub",
                container.uri(),
                Optional.empty(),
                Access.with(Tokens.grant("bench", List.of(), List.of()).jwt()),
                HubTarget.TOPICS,
                () -> {});
        assertThat(benchmark("broadcast").run(Fleet.of(refused))).isFalse();
        assertThat(text()).contains("403").contains("/bench/");
    }

    private Benchmark benchmark(String scenarios) {
        Options options = Options.of(
                "scenarios=" + scenarios,
                "warm-ups=0",
                "rounds=1",
                "streams=" + STREAMS,
                "events=10",
                "patience=1",
                "output=" + directory);
        return new Benchmark(Plan.from(options), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static Target deployment(Container container) {
        return Deployment.from(Options.of("url=" + container.uri(), "key=" + Tokens.SECRET))
                .orElseThrow();
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Publishes, instead of the event with the number 7, the one before it again. */
    private record Stuttering(Target hub) implements Target {

        @Override
        public byte[] publish(String channel, String data) {
            return hub.publish(channel, data.replaceFirst("^7 ", "6 "));
        }

        @Override
        public byte[] publishAll(List<Item> items) {
            return hub.publishAll(items);
        }

        @Override
        public StreamRequest stream(String channel) {
            return hub.stream(channel);
        }

        @Override
        public String name() {
            return hub.name();
        }

        @Override
        public URI uri() {
            return hub.uri();
        }

        @Override
        public Optional<ProcessHandle> process() {
            return hub.process();
        }

        @Override
        public boolean can(Ability ability) {
            return hub.can(ability);
        }

        @Override
        public void close() {
            hub.close();
        }
    }
}
