package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark, small: what it measures is not looked at, only that it measures, and sees what is wrong. */
@EveryContainer(kinds = ContainerKind.JETTY, only = true)
class BenchmarkIT {

    private static final int STREAMS = 20;
    private static final int HEAP_MEGABYTES = 256;

    /** In seconds, for trials that go well. */
    private static final int PATIENT = 30;

    /** In seconds, for one that waits in vain. */
    private static final int IMPATIENT = 3;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void everyScenarioIsCompleteAndReported(Container container) throws IOException {
        var scenarios = new ArrayList<>(Scenarios.all().keySet());
        // There are facts of these below.
        scenarios.removeAll(List.of("cold", "idle"));
        Benchmark benchmark = benchmark(String.join(",", scenarios));
        assertThat(benchmark.run(Fleet.of(deployment(container))))
                .as(this::text)
                .isTrue();

        JsonNode report = report();
        assertThat(report.path("trials")).hasSameSizeAs(scenarios);
        assertThat(report.path("trials")).allSatisfy(trial -> {
            assertThat(trial.path("faults")).isEmpty();
            assertThat(trial.path("figures")).isNotEmpty();
        });
        assertThat(scenarios).allSatisfy(scenario -> {
            assertThat(report.at("/medians/" + scenario + "/hub")).as(scenario).isNotEmpty();
            assertThat(report.at("/spreads/" + scenario + "/hub"))
                    .as(scenario)
                    .isNotEmpty()
                    .allSatisfy(BenchmarkIT::assertSpread);
            assertThat(text()).contains(scenario);
        });
    }

    @Test
    void idleStreamsTellWhatMemoryAndProcessorTheyTake(Container container) throws IOException {
        Options options = Options.of("url=" + container.uri(), "key=" + Tokens.SECRET, "pid=" + container.pid());
        assertThat(benchmark("idle").run(Fleet.of(Deployment.from(options).orElseThrow())))
                .as(this::text)
                .isTrue();
        assertThat(median("idle", Metric.IDLE_CPU)).isBetween(0.0, Double.MAX_VALUE);
        // Of so few streams it says nothing, not even that it is more than nothing.
        assertThat(List.of(Metric.HEAP, Metric.DIRECT))
                .allSatisfy(metric -> assertThat(median("idle", metric)).isFinite());
    }

    @Test
    void streamsFollowAHubThatIsStartedAgain(Container container) throws IOException {
        Target hub = startable(container, spec -> spec.heap(HEAP_MEGABYTES));
        assertThat(benchmark("cold").run(Fleet.of(hub))).as(this::text).isTrue();
        assertThat(List.of(
                        Metric.OPENED,
                        Metric.FOLLOWING,
                        Metric.FOLLOW_P50,
                        Metric.FOLLOW_P99,
                        Metric.FIRST_P50,
                        Metric.FIRST_P99,
                        Metric.P50,
                        Metric.P99))
                .allSatisfy(metric -> assertThat(median("cold", metric)).isPositive());
        assertThat(directory).as("what it wrote is gone").isDirectoryNotContaining("glob:**-log-*");
    }

    @Test
    void hubThatDoesNotStartCostsItsTrialAndNotTheRun(Container container) throws IOException {
        Target hub = startable(container, spec -> spec.heap(HEAP_MEGABYTES).set("tidings.heartbeat", "never"));
        assertThat(benchmark("cold").run(Fleet.of(hub))).isFalse();
        assertThat(text()).contains("WRONG").containsPattern("did not start|started without the WAR");
        assertThat(report().at("/trials/0/faults")).hasSize(1);
        assertThat(directory).as("what it wrote is gone").isDirectoryNotContaining("glob:**-log-*");
    }

    @Test
    void hubThatRunsAlreadyIsNotStartedAgain(Container container) throws IOException {
        assertThat(benchmark("cold").run(Fleet.of(deployment(container)))).isTrue();
        assertThat(text()).contains("hub is left out of cold: it cannot do that");
    }

    @Test
    void eventThatIsReplacedByItsForerunnerIsMissingAndDoubled(Container container) throws IOException {
        Benchmark benchmark = benchmark("broadcast", IMPATIENT);
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
                Optional.empty(),
                () -> {});
        assertThat(benchmark("broadcast").run(Fleet.of(refused))).isFalse();
        assertThat(text()).contains("403").contains("/bench/");
    }

    private static Target startable(Container container, UnaryOperator<ContainerSpec> settings) {
        return new HubTarget(
                "hub",
                container.uri(),
                Optional.empty(),
                Access.minting(Tokens.SECRET, HubTarget.TOPICS),
                HubTarget.TOPICS,
                Optional.of(new HubLauncher("jetty", ContainerKind.JETTY, settings)),
                () -> {});
    }

    private Benchmark benchmark(String scenarios) {
        return benchmark(scenarios, PATIENT);
    }

    private Benchmark benchmark(String scenarios, int patience) {
        Options options = Options.of(
                "scenarios=" + scenarios,
                "warm-ups=0",
                "rounds=1",
                "streams=" + STREAMS,
                "events=10",
                "patience=" + patience,
                "seconds=1",
                "output=" + directory);
        return new Benchmark(Plan.from(options), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static void assertSpread(JsonNode spread) {
        assertThat(spread.fieldNames()).toIterable().containsExactly("median", "least", "most");
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(directory.resolve("results.json").toFile());
    }

    /** What was measured; not a number when it was not. */
    private double median(String scenario, Metric metric) throws IOException {
        return report().at("/medians/" + scenario + "/hub")
                .path(metric.toString())
                .asDouble(Double.NaN);
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
