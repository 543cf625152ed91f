package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When all streams together ask for as many templates as they may, the next one is told to come later. */
@EveryContainer(settings = "tidings.limit.templates=3")
class TemplateLimitIT {

    private static final String OPERATOR = "Authorization: " + Tokens.operator().bearer();
    private static final String ONE_MORE = Streams.encode("/d/{x}");

    private final Container hub;
    private StreamRecorder full;

    TemplateLimitIT(Container hub) {
        this.hub = hub;
    }

    @BeforeEach
    void fill() {
        Clients.ids(Clients.list(hub, "")).forEach(id -> Clients.end(hub, id));
        full = Streams.open(hub, "/a/{x}", "/b/{x}", "/c/{x}");
    }

    @AfterEach
    void close() {
        full.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events?topic=", "/.well-known/mercure?topic="})
    void streamIsRefusedBeforeItBegins(String target) {
        Answer answer = Site.send(hub, "GET", target + ONE_MORE, OPERATOR);
        Requests.assertProblem(answer, 503, "tidings.limit.templates");
        assertThat(answer.header("Retry-After")).matches("\\d+");
        Answer head = Site.send(hub, "HEAD", target + ONE_MORE, OPERATOR);
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.header("Retry-After")).matches("\\d+");
        assertThat(Clients.list(hub, "")).hasSize(1);
    }

    @Test
    void handshakeIsRefused() {
        assertThat(SocketClient.status(
                        hub,
                        "/ws?topic=" + ONE_MORE,
                        Map.of("Authorization", Tokens.operator().bearer())))
                .isEqualTo(503);
        assertThat(Clients.list(hub, "")).hasSize(1);
    }

    @Test
    void frameThatAsksForOneMoreIsAnsweredWithAnErrorAndChangesNothing() {
        String topic = Fresh.topic();
        try (SocketClient client = SocketClient.open(hub, "/ws?topic=" + topic, Tokens.operator())) {
            client.next("welcome");
            client.send("{\"type\":\"subscribe\",\"topics\":[\"/other\",\"/d/{x}\"],\"ref\":1}");
            JsonNode error = client.next("error");
            assertThat(error.path("ref").asInt()).isEqualTo(1);
            assertThat(error.path("title").textValue()).isEqualTo("Service Unavailable");
            assertThat(error.path("detail").textValue()).contains("tidings.limit.templates");
            client.send("{\"type\":\"subscribe\",\"topics\":[\"/a/{x}\"],\"ref\":2}");
            client.next("subscribed");
            Publisher.to(hub).publish("/other", "not asked for");
            Publisher.to(hub).publish("/a/1", "asked for");
            assertThat(client.next("event").path("data").textValue()).isEqualTo("asked for");
        }
    }

    @Test
    void exactTopicsAndTemplatesThatAreAskedForAlreadyAreServed() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = Clients.open(hub, Fresh.user(), topic, "/a/{x}", "*")) {
            Publisher.to(hub).publish("/a/1", "x");
            assertThat(stream.next().data()).isEqualTo("x");
        }
    }

    @Test
    void thereIsRoomAgainWhenOneHasGone() {
        Clients.end(hub, Clients.list(hub, "").get(0).path("id").textValue());
        try (StreamRecorder stream = Streams.open(hub, "/d/{x}", "/e/{x}", "/f/{x}")) {
            Publisher.to(hub).publish("/d/1", "x");
            assertThat(stream.next().data()).isEqualTo("x");
        }
    }
}
