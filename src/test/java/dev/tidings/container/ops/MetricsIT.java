package dev.tidings.container.ops;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
@EveryContainer(kinds = ContainerKind.JETTY, settings = "tidings.limit.publish-rate=1000000")
class MetricsIT {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Container hub;
    private final String topic = Fresh.topic();

    MetricsIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void everybodyMayReadThem() {
        Answer answer = Requests.get(hub, "/metrics");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).matches("text/plain; ?version=0.0.4; ?charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body())
                .contains("# TYPE tidings_streams gauge", "jvm_memory_used_bytes", "tidings_ready 1.0");
    }

    @Test
    void whoAcceptsOpenMetricsGetsThat() {
        Answer answer = Requests.get(hub, "/metrics", "Accept: " + OPEN_METRICS);
        assertThat(answer.header("Content-Type")).startsWith("application/openmetrics-text");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void whatHappensIsCounted() {
        double published = value("tidings_events_published_total");
        double delivered = value("tidings_events_delivered_total");
        double opened = value("tidings_streams_opened_total{transport=\"sse\"}");
        double bytes = value("tidings_published_bytes_total");
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            Publisher.to(hub).publish(topic, "12345");
            assertThat(stream.next().data()).isEqualTo("12345");
            Eventually.passes(() -> {
                assertThat(value("tidings_events_published_total")).isGreaterThanOrEqualTo(published + 1);
                assertThat(value("tidings_published_bytes_total")).isGreaterThanOrEqualTo(bytes + 5 + topic.length());
                assertThat(value("tidings_events_delivered_total")).isGreaterThanOrEqualTo(delivered + 1);
                assertThat(value("tidings_streams_opened_total{transport=\"sse\"}"))
                        .isGreaterThanOrEqualTo(opened + 1);
                assertThat(value("tidings_streams{state=\"live\",transport=\"sse\"}"))
                        .isPositive();
                assertThat(value("tidings_history_events")).isPositive();
                assertThat(value("tidings_publish_seconds_count")).isPositive();
                assertThat(value("tidings_delivery_seconds_bucket{le=\"+Inf\"}"))
                        .isPositive();
            });
            Clients.ids(Clients.list(hub, "?topic=" + topic)).forEach(id -> Clients.end(hub, id));
            stream.awaitEnd();
        }
        Eventually.passes(() -> assertThat(value("tidings_streams_ended_total{reason=\"disconnected\"}"))
                .isPositive());
    }

    @Test
    void refusalsAreCountedByStatus() {
        Requests.get(hub, "/events?topic=/a", "Authorization: Bearer bad");
        Eventually.passes(() ->
                assertThat(value("tidings_http_errors_total{status=\"401\"}")).isPositive());
    }

    @Test
    void documentListsThemAll() throws IOException {
        Requests.get(hub, "/events?topic=/a", "Authorization: Bearer bad");
        Eventually.passes(() ->
                assertThat(value("tidings_http_errors_total{status=\"401\"}")).isPositive());
        String page = Files.readString(Path.of("docs/monitoring.md"));
        Set<String> listed = Pattern.compile("(?m)^\\| `(tidings_\\w+)`")
                .matcher(page)
                .results()
                .map(row -> row.group(1))
                .filter(name -> !name.startsWith("tidings_redis_") && !name.startsWith("tidings_relay_"))
                .collect(Collectors.toSet());
        Set<String> shown = Requests.get(hub, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE tidings_"))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toSet());
        assertThat(shown).isEqualTo(listed);
    }

    /** A user or a topic in a label would make as many series as there are, and tell them to everybody. */
    @Test
    void clientsMakeNoNewSeries() {
        Set<String> before = series();
        String user = Fresh.user();
        try (StreamRecorder stream =
                Streams.open(hub.stream(Streams.events(topic)).with(Tokens.user(user)))) {
            Publisher.to(hub).publish(topic, "x");
            stream.next();
            double now = value("tidings_events_published_total");
            Publisher.to(hub).publish(topic, "x");
            Eventually.passes(
                    () -> assertThat(value("tidings_events_published_total")).isGreaterThan(now));
            String body = Requests.get(hub, "/metrics").body();
            assertThat(body).doesNotContain(user, topic, "127.0.0.1");
        }
        assertThat(series())
                .filteredOn(name -> name.startsWith("tidings_") && !name.contains("status="))
                .isSubsetOf(before);
    }

    @Test
    void otherMethodsAreRefused() {
        assertProblem(Requests.send("POST", hub, "/metrics"), 405);
    }

    @Test
    void theyCanBeTurnedOff() {
        try (Container without =
                ContainerSpec.of(hub.kind()).set("tidings.metrics", "off").start()) {
            assertProblem(Requests.get(without, "/metrics"), 404);
        }
    }

    private double value(String series) {
        return lines().stream()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findAny()
                .orElse(0);
    }

    private Set<String> series() {
        return lines().stream()
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toSet());
    }

    private List<String> lines() {
        return Requests.get(hub, "/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
