package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When all streams together ask for as many templates as they may, the next one is told to come later. */
@EveryContainer(kinds = ContainerKind.JETTY, settings = "tidings.limit.templates=103")
class TemplateLimitIT {

    /** As many as one user may ask for where all may ask for a little more: the least share. */
    private static final int SHARE = 100;

    private static final String CAROL = "Authorization: " + Tokens.user("carol").bearer();
    private static final String OPERATOR = "Authorization: " + Tokens.operator().bearer();
    private static final String ONE_MORE = Streams.encode("/d/{x}");

    private final Container hub;
    private StreamRecorder share;
    private StreamRecorder rest;

    TemplateLimitIT(Container hub) {
        this.hub = hub;
    }

    @BeforeEach
    void fill() {
        Clients.ids(Clients.list(hub, "")).forEach(id -> Clients.end(hub, id));
        String[] templates =
                IntStream.range(0, SHARE).mapToObj(i -> "/" + i + "/{x}").toArray(String[]::new);
        share = Streams.open(hub, templates);
        rest = Clients.open(hub, "bob", "/a/{x}", "/b/{x}", "/c/{x}");
    }

    @AfterEach
    void close() {
        share.close();
        rest.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events?topic=", "/.well-known/mercure?topic="})
    void streamIsRefusedBeforeItBegins(String target) {
        Answer answer = Site.send(hub, "GET", target + ONE_MORE, CAROL);
        Requests.assertProblem(answer, 503, "tidings.limit.templates");
        assertThat(answer.header("Retry-After")).matches("\\d+");
        Answer head = Site.send(hub, "HEAD", target + ONE_MORE, CAROL);
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.header("Retry-After")).matches("\\d+");
        assertThat(Clients.list(hub, "")).hasSize(2);
    }

    @Test
    void handshakeIsRefused() {
        assertThat(SocketClient.status(
                        hub,
                        "/ws?topic=" + ONE_MORE,
                        Map.of("Authorization", Tokens.user("carol").bearer())))
                .isEqualTo(503);
        assertThat(Clients.list(hub, "")).hasSize(2);
    }

    @Test
    void frameThatAsksForOneMoreIsAnsweredWithAnErrorAndChangesNothing() {
        String topic = Fresh.topic();
        try (SocketClient client = SocketClient.open(hub, "/ws?topic=" + topic, Tokens.user("carol"))) {
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
    void whoHasAShareIsToldSoAndOthersAreServed() {
        rest.close();
        Clients.list(hub, "?user=bob")
                .forEach(client -> Clients.end(hub, client.path("id").textValue()));
        Answer answer = Site.send(hub, "GET", "/events?topic=" + ONE_MORE, OPERATOR);
        Requests.assertProblem(answer, 429, "The streams of this user");
        assertThat(answer.header("Retry-After")).matches("\\d+");
        Clients.open(hub, "carol", "/d/{x}").close();
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
