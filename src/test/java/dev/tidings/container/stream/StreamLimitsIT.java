package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Scrape;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When there are as many streams as there may be, or one user has as many as one may, the next is told to come later. */
@EveryContainer(
        kinds = ContainerKind.JETTY,
        settings = {"tidings.limit.streams=3", "tidings.limit.streams-per-user=2", "tidings.limit.publish-rate=5"})
class StreamLimitsIT {

    private final Container hub;
    private final String topic = Fresh.topic();
    private final List<StreamRecorder> opened = new ArrayList<>();

    StreamLimitsIT(Container hub) {
        this.hub = hub;
    }

    @AfterEach
    void close() {
        opened.forEach(StreamRecorder::close);
    }

    private void open(String user) {
        opened.add(Clients.open(hub, user, topic));
    }

    @BeforeEach
    void endAll() {
        Clients.ids(Clients.list(hub, "")).forEach(id -> Clients.end(hub, id));
    }

    @Test
    void whoReadsOnceCountsWhileItWaits() {
        String user = Fresh.user();
        String authorization = "Authorization: " + Tokens.user(user).bearer();
        String json = "Accept: application/json";
        open(user);
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                () -> Site.send(hub, "GET", "/events?wait=60&topic=" + topic, authorization, json));
        Eventually.holds("it waits", () -> Scrape.of(hub.uri()).sum("tidings_answers_waiting") == 1);
        Answer refused = Site.send(hub, "GET", "/events?topic=" + topic, authorization, json);
        Requests.assertProblem(refused, 429, "tidings.limit.streams-per-user");
        assertThat(refused.header("Retry-After")).matches("\\d+");
        open(Fresh.user());
        Requests.assertProblem(
                Site.send(
                        hub,
                        "GET",
                        "/events?topic=" + topic,
                        "Authorization: " + Tokens.user(Fresh.user()).bearer(),
                        json),
                503,
                "tidings.limit.streams");
        Publisher.to(hub).publish(topic, "1");
        assertThat(Eventually.value(waiting).body()).contains("\"data\":\"1\"");
        Eventually.holds("it counts no more", () -> Scrape.of(hub.uri()).sum("tidings_answers_waiting") == 0);
        assertThat(Site.send(hub, "GET", "/events?topic=" + topic, authorization, json)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events?topic=", "/.well-known/mercure?topic="})
    void userWhoHasAsManyAsOneMayIsTold(String target) {
        String user = Fresh.user();
        String authorization = "Authorization: " + Tokens.user(user).bearer();
        open(user);
        open(user);
        for (String method : new String[] {"GET", "HEAD"}) {
            Answer answer = Site.send(hub, method, target + topic, authorization);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).matches("\\d+");
        }
        Requests.assertProblem(
                Site.send(hub, "GET", target + topic, authorization), 429, "tidings.limit.streams-per-user");
        assertThat(SocketClient.status(
                        hub,
                        "/ws?topic=" + topic,
                        Map.of("Authorization", Tokens.user(user).bearer())))
                .isEqualTo(429);
        Clients.open(hub, Fresh.user(), topic).close();
    }

    /** An EventSource gives up for good on any other status. */
    @ParameterizedTest
    @ValueSource(strings = {"/events?topic=", "/.well-known/mercure?topic="})
    void hubThatIsFullAsksStreamsToComeBackAndRefusesTheOthers(String target) {
        open(Fresh.user());
        open(Fresh.user());
        open(Fresh.user());
        try (StreamRecorder none =
                hub.stream(target + topic).with(Tokens.anyone()).open()) {
            assertThat(none.status()).isEqualTo(200);
            assertThat(none.nextBlock().retry()).isBetween(2_000L, 10_000L);
            none.awaitEnd();
        }
        assertThat(Site.send(
                                hub,
                                "HEAD",
                                target + topic,
                                "Authorization: " + Tokens.anyone().bearer())
                        .status())
                .isEqualTo(200);
        assertThat(SocketClient.status(
                        hub,
                        "/ws?topic=" + topic,
                        Map.of("Authorization", Tokens.anyone().bearer())))
                .isEqualTo(503);
        assertThat(Clients.list(hub, "")).hasSize(3);
        endAll();
        Streams.open(hub, topic).close();
    }

    @Test
    void whoPublishesTooFastIsToldWhenToGoOnAndOthersAreNot() {
        String user = Fresh.user();
        Publisher publisher = Publisher.to(hub, Tokens.user(user));
        Answer answer = publisher.post(Publisher.FORM, "msg=1");
        for (int i = 0; i < 100 && answer.status() == 201; i++) {
            answer = publisher.post(Publisher.FORM, "msg=1");
        }
        Requests.assertProblem(answer, 429, "tidings.limit.publish-rate");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        Answer other = Publisher.to(hub, Tokens.user(Fresh.user())).post(Publisher.FORM, "msg=1");
        assertThat(other.status()).as(other.body()).isEqualTo(201);
    }
}
