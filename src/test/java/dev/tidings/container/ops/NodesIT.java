package dev.tidings.container.ops;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the node is, for operators, on a hub that has one. */
@EveryContainer(
        kinds = ContainerKind.TOMCAT_11,
        settings = {"tidings.node=the node"},
        contextPath = "/tidings")
class NodesIT {

    private static final String ADDRESS = "/hub/nodes/the%20node";

    private static final Tokens OPERATOR = Tokens.grant("root", List.of(), List.of("/hub/{+any}"));

    private final String topic = Fresh.topic();
    private final Container hub;

    NodesIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void nodeIsListedWithItsFigures() {
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            Publisher.to(hub).publish(topic, "1");
            stream.next();
            Eventually.passes(() -> {
                JsonNode figures = last(node());
                assertThat(figures.path("seconds").asDouble()).isBetween(4.9, 15.0);
                assertThat(figures.path("streams").path("sse").path("live").asInt())
                        .isPositive();
            });
        }
        JsonNode node = node();
        assertThat(node.path("node").asText()).isEqualTo("the node");
        assertThat(node.path("state").asText()).isEqualTo("ready");
        assertThat(node.path("here").asBoolean()).isTrue();
        assertThat(node.path("fault").isNull()).isTrue();
        assertThat(Instant.parse(node.path("since").asText())).isBefore(Instant.now());
        assertThat(sum(node, "published")).isPositive();
        assertThat(sum(node, "delivered")).isPositive();
        assertThat(sum(node, "opened")).isPositive();
        JsonNode figures = last(node);
        assertThat(figures.path("stored").path("events").asLong()).isPositive();
        assertThat(figures.path("stored").path("bytes").asLong()).isPositive();
        assertThat(figures.path("stored").path("oldest").isIntegralNumber()).isTrue();
        assertThat(figures.path("heap").path("used").asLong()).isPositive();
        assertThat(Instant.parse(figures.path("time").asText())).isBefore(Instant.now());
    }

    @Test
    void newestFiguresComeEachSecondWhileSomebodyFollows() {
        try (StreamRecorder following =
                Streams.open(hub.stream(Streams.events(ADDRESS)).with(OPERATOR))) {
            Block first = following.next();
            Publisher.to(hub).publish(topic, "1");
            JsonNode next;
            do {
                next = Streams.json(following.next());
            } while (next.path("published").asInt() == 0);
            assertThat(first.type()).isEqualTo("node.figures");
            assertThat(next.path("node").asText()).isEqualTo("the node");
            assertThat(next.path("state").asText()).isEqualTo("ready");
            assertThat(next.path("seconds").asDouble()).isBetween(0.9, 5.0);
            assertThat(next.path("logLatency").path("p99").asDouble()).isPositive();
        }
    }

    @Test
    void figuresAreNotForWhoeverMayReadEverything() {
        try (StreamRecorder everything = Streams.open(
                        hub.stream(Streams.events("*")).with(Tokens.grant("eve", List.of("*"), List.of("*"))));
                StreamRecorder following =
                        Streams.open(hub.stream(Streams.events(ADDRESS)).with(OPERATOR))) {
            following.next();
            Publisher.to(hub).publish(topic, "the next");
            Block next;
            do {
                next = everything.next();
                assertThat(next.type()).isNotEqualTo("node.figures");
            } while (!next.data().equals("the next"));
        }
    }

    @Test
    void onlyAnOperatorReadsAndOnlyWhatThereIs() {
        assertProblem(Site.send(hub, "GET", "/hub/nodes"), 401);
        assertProblem(Site.send(hub, "GET", "/hub/nodes", header(Tokens.anyone())), 403, "/hub");
        Tokens oneNode = Tokens.grant("root", List.of(), List.of(ADDRESS));
        assertProblem(Site.send(hub, "GET", "/hub/nodes", header(oneNode)), 403, "/hub");
        assertThat(Site.send(hub, "GET", ADDRESS, header(oneNode)).status()).isEqualTo(200);
        assertProblem(Site.send(hub, "GET", "/hub/nodes/none", header(OPERATOR)), 404, "name");
        assertProblem(Site.send(hub, "POST", "/hub/nodes", header(OPERATOR)), 405);
        assertThat(Site.send(hub, "GET", "/hub/nodes", header(OPERATOR)).body()).startsWith("[{\"node\":\"the node\"");
    }

    private JsonNode node() {
        Answer answer = Site.send(hub, "GET", ADDRESS, header(OPERATOR));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode last(JsonNode node) {
        JsonNode figures = node.path("figures");
        return figures.path(figures.size() - 1);
    }

    private static long sum(JsonNode node, String figure) {
        long sum = 0;
        for (JsonNode figures : node.path("figures")) {
            sum += figures.path(figure).asLong();
        }
        return sum;
    }

    private static String header(Tokens token) {
        return "Authorization: " + token.bearer();
    }
}
