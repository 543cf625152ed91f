package dev.tidings.container.ops;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that is about to stop. */
class DrainIT {

    private static final String OPERATOR = "Authorization: "
            + Tokens.grant("root", List.of("/hub/{+any}"), List.of("/hub/{+any}"))
                    .bearer();

    private final String topic = Fresh.topic();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TOMCAT_10")
    void streamsEndAndComeBackElsewhereWhilePublishingGoesOn(ContainerKind kind) {
        try (Container hub = hub(kind);
                StreamRecorder stream = Streams.open(hub, topic);
                StreamRecorder mercure = hub.stream("/.well-known/mercure?topic=" + topic)
                        .with(Tokens.anyone())
                        .open();
                SocketClient socket = SocketClient.open(hub, "/ws?topic=" + topic, Tokens.anyone())) {
            socket.next("welcome");
            Answer answer = Site.send(hub, "POST", "/hub/drain", OPERATOR);
            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo("{\"node\":\"the-node\"}\n");
            assertThat(stream.nextBlock().retry()).isBetween(2_000L, 6_000L);
            stream.awaitEnd();
            mercure.awaitEnd();
            assertThat(mercure.body()).doesNotContain("retry:");
            assertThat(socket.awaitClose()).isEqualTo(1001);
            Answer ready = Requests.get(hub, "/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).contains("the node drains");
            assertThat(Requests.get(hub, "/health/live").status()).isEqualTo(200);
            try (StreamRecorder next =
                    hub.stream(Streams.events(topic)).with(Tokens.anyone()).open()) {
                assertThat(next.status()).isEqualTo(200);
                assertThat(next.nextBlock().retry()).isGreaterThanOrEqualTo(2_000L);
                next.awaitEnd();
            }
            assertThat(SocketClient.status(
                            hub,
                            "/ws?topic=" + topic,
                            Map.of("Authorization", Tokens.anyone().bearer())))
                    .isEqualTo(503);
            Publisher.to(hub).publish(topic, "still");
            Eventually.passes(() -> assertThat(Clients.list(hub, "")).isEmpty());
            Eventually.passes(() ->
                    assertThat(hub.logText()).contains("a node is drained node=the-node by=root", "this node drains"));
        }
    }

    @Test
    void onlyAnOperatorDrainsAndOnlyANodeThatThereIs() {
        try (Container hub = hub(ContainerKind.JETTY)) {
            assertProblem(Requests.send("POST", hub, "/hub/drain"), 401);
            String anyone = "Authorization: " + Tokens.anyone().bearer();
            assertProblem(Site.send(hub, "POST", "/hub/drain", anyone), 403, "/hub");
            String reader = "Authorization: "
                    + Tokens.grant("reader", List.of(), List.of("/hub/{+any}")).bearer();
            assertProblem(Site.send(hub, "POST", "/hub/drain", reader), 403, "/hub");
            assertProblem(Site.send(hub, "GET", "/hub/drain", OPERATOR), 405);
            assertProblem(Site.send(hub, "POST", "/hub/drain?node=another", OPERATOR), 404, "another");
            assertProblem(Site.send(hub, "POST", "/hub/drain?nod=the-node", OPERATOR), 400);
            assertProblem(Site.send(hub, "POST", "/hub/drain?node=the-node&node=another", OPERATOR), 400);
            assertThat(Requests.get(hub, "/health/ready").status()).isEqualTo(200);
            assertThat(Site.send(hub, "POST", "/hub/drain?node=the-node", OPERATOR)
                            .status())
                    .isEqualTo(202);
            assertThat(Site.send(hub, "POST", "/hub/drain", OPERATOR).status()).isEqualTo(202);
        }
    }

    private static Container hub(ContainerKind kind) {
        return ContainerSpec.of(kind)
                .set("tidings.node", "the-node")
                .set("tidings.drain", "500ms")
                .start();
    }
}
