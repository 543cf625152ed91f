package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;

/** A node whose Redis is away, as its clients and its operator see it. */
class RedisAwayIT {

    private final String topic = Fresh.topic();

    @Test
    void streamsStayOpenAndGoOnWhenRedisIsBack() {
        try (Nodes nodes = Nodes.start(ContainerKind.TOMCAT_11)) {
            Container node = nodes.node(1);
            String first = Publisher.to(node).publish(topic, "1");
            try (StreamRecorder stream = Streams.open(node, topic)) {
                Publisher.to(node).publish(topic, "2");
                assertThat(stream.next().data()).isEqualTo("2");
                nodes.redis().kill();
                Eventually.passes(() -> {
                    Answer ready = Site.send(node, "GET", "/health/ready");
                    assertThat(ready.status()).isEqualTo(503);
                    assertThat(ready.json().path("reason").asText()).matches("Redis has been away for [0-9]+ s: .*");
                });
                assertThat(Site.send(node, "GET", "/health/live").status()).isEqualTo(200);
                // On another topic, since a publish that is refused may be done when Redis is back.
                Answer refused = Publisher.to(node).post(Publisher.FORM, "msg=x&topic=" + Fresh.topic());
                assertThat(refused.status()).as(refused.body()).isEqualTo(503);
                assertThat(refused.header("Retry-After")).isNotEmpty();
                String target = Streams.events(topic) + "&lastEventID=" + Streams.encode(first);
                try (StreamRecorder back = Streams.open(node.stream(target).with(Tokens.anyone()))) {
                    assertThat(back.next().data()).as("from the node's memory").isEqualTo("2");
                }
                nodes.redis().restart();
                Nodes.awaitReady(node);
                Publisher.to(node).publish(topic, "3");
                assertThat(stream.next().data()).as("neither a gap nor an end").isEqualTo("3");
            }
            node.expectInLog("Redis is away: .*");
            assertThat(node.logText()).containsOnlyOnce("Redis is away").containsOnlyOnce("Redis is back after");
        }
    }

    @Test
    void nodeThatStartsWithoutRedisJoinsWhenItComes() {
        try (Nodes nodes = Nodes.none()) {
            nodes.redis().kill();
            Container node = nodes.add(ContainerKind.JETTY);
            assertThat(Site.send(node, "GET", "/health/ready").status()).isEqualTo(503);
            assertThat(Publisher.to(node)
                            .post(Publisher.FORM, "msg=x&topic=" + topic)
                            .status())
                    .isEqualTo(503);
            try (StreamRecorder early =
                    node.stream(Streams.events(topic)).with(Tokens.anyone()).open()) {
                assertThat(early.status()).isEqualTo(200);
                early.awaitEnd();
                assertThat(early.body()).startsWith(":\nretry: ");
            }
            nodes.redis().restart();
            Nodes.awaitReady(node);
            try (StreamRecorder stream = Streams.open(node, topic)) {
                Publisher.to(node).publish(topic, "1");
                assertThat(stream.next().data()).isEqualTo("1");
            }
            node.expectInLog("Redis is away: .*");
        }
    }

    /** While it hangs, since a server that is gone refuses at once. */
    @Test
    void nodeIsUndeployedWhileRedisHangs() {
        try (Nodes nodes = Nodes.start(ContainerKind.TOMCAT_11)) {
            Container node = nodes.node(1);
            try (StreamRecorder stream = Streams.open(node, topic)) {
                nodes.redis().pause();
                try {
                    node.undeploy();
                    stream.awaitEnd();
                } finally {
                    nodes.redis().resume();
                }
            }
        }
    }
}
