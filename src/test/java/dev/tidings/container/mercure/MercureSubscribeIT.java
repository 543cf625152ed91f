package dev.tidings.container.mercure;

import static dev.tidings.container.Requests.assertProblem;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribing as draft 07 of Mercure has it. */
@OfTheDoors
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class MercureSubscribeIT {

    private final String topic = Fresh.topic();
    private final Container hub;

    MercureSubscribeIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void streamBeginsWithACommentLineAlone() {
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            assertThat(stream.head().header("Content-Type")).isEqualToIgnoringCase("text/event-stream;charset=utf-8");
            assertThat(stream.head().header("Cache-Control")).isEqualTo("no-cache, no-transform, private");
            assertThat(stream.head().header("X-Accel-Buffering")).isEqualTo("no");
            String id = Mercure.publish(hub, "topic", topic, "data", "first");
            stream.next();
            assertThat(Streams.text(stream)).isEqualTo(":\nid: " + id + "\ndata: first\n\n");
        }
    }

    @Test
    void eventCarriesAllItsProperties() {
        String id = Fresh.id();
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            Mercure.publish(hub, "topic", topic, "data", "a\nb", "id", id, "type", "greeting", "retry", "500");
            assertThat(stream.next().lines())
                    .containsExactly(":", "event: greeting", "retry: 500", "id: " + id, "data: a", "data: b");
        }
    }

    @Test
    void topicIsRequired() {
        Answer answer = Requests.get(hub, Mercure.PATH, Mercure.header(Tokens.operator()));
        assertProblem(answer, 400, "Missing \"topic\" parameter");
    }

    @Test
    void inboxIsNotMeantWhenNoTopicIs() {
        Answer answer = Requests.get(hub, Mercure.PATH, Mercure.header(Tokens.user(Fresh.user())));
        assertProblem(answer, 400, "Missing \"topic\" parameter");
    }

    @Test
    void moreThanAThousandTopicsAreRefused() {
        // As short as they can be: the containers read no more than 8 KiB of a request's head.
        String topics = IntStream.rangeClosed(0, 1_000).mapToObj(i -> "topic=").collect(joining("&"));
        Answer answer = Requests.get(hub, Mercure.PATH + "?" + topics, Mercure.header(Tokens.operator()));
        assertProblem(answer, 400, "at most 1000 topics");
    }

    @Test
    void moreTopicsThanAtEventsAreTaken() {
        String[] topics = IntStream.range(0, 150).mapToObj(i -> topic + i).toArray(String[]::new);
        try (StreamRecorder stream = Mercure.open(hub, topics)) {
            Mercure.publish(hub, "topic", topic + 149, "data", "last");
            assertThat(stream.next().data()).isEqualTo("last");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/html"})
    void whatIsAcceptedIsNotAskedFor(String accept) {
        String[] headers = {Mercure.header(Tokens.operator()), "Accept: " + accept};
        assertThat(Requests.get(hub, Mercure.hub(topic), headers).status()).isEqualTo(200);
    }

    @Test
    void headAnswersAndRegistersNobody() {
        String user = Fresh.user();
        Answer answer = Requests.send("HEAD", hub, Mercure.hub(topic), Mercure.header(Tokens.user(user)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/event-stream;charset=utf-8");
        assertThat(Clients.of(hub, user)).isEmpty();
    }

    @Test
    void otherMethodsAreRefused() {
        Answer answer = Requests.send("PUT", hub, Mercure.hub(topic), Mercure.header(Tokens.operator()));
        assertThat(assertProblem(answer, 405).header("Allow")).isEqualTo("GET, HEAD, POST");
    }

    @Test
    void tokenIsNeeded() {
        Answer answer = assertProblem(Requests.get(hub, Mercure.hub(topic)), 401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void badTokenIsRefused() {
        Tokens expired = Tokens.operator().expiring(Duration.ofMinutes(-3));
        assertProblem(Requests.get(hub, Mercure.hub(topic), Mercure.header(expired)), 401, "expired");
    }

    @Test
    void tokenStandsInTheHeaderTheQueryOrTheCookie() {
        Tokens good = Mercure.subscriber(topic);
        String target = Mercure.hub(topic);
        StreamRequest[] requests = {
            hub.stream(target).with(good),
            hub.stream(target + "&authorization=" + good.jwt()),
            hub.stream(target).header("Cookie", "mercureAuthorization=" + good.jwt())
        };
        for (StreamRequest request : requests) {
            try (StreamRecorder stream = Mercure.open(request)) {
                Mercure.publish(hub, "topic", topic, "data", "private", "private", "on");
                assertThat(stream.next().data()).isEqualTo("private");
            }
        }
    }

    @Test
    void headerWinsOverQueryAndQueryOverCookie() {
        String good = Tokens.operator().jwt();
        String cookie = "Cookie: mercureAuthorization=bad";
        String target = Mercure.hub(topic) + "&authorization=";
        assertThat(Requests.get(hub, target + "bad", "Authorization: Bearer " + good, cookie)
                        .status())
                .isEqualTo(200);
        assertThat(Requests.get(hub, target + good, cookie).status()).isEqualTo(200);
        assertProblem(Requests.get(hub, target + good, "Authorization: Bearer bad"), 401);
        assertProblem(Requests.get(hub, target + "bad", "Cookie: mercureAuthorization=" + good), 401);
    }

    @Test
    void streamEndsWithItsTokenAndSaysNothingOfIt() {
        Tokens shortLived = Tokens.operator().expiring(Duration.ofSeconds(2));
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, shortLived, topic))) {
            stream.awaitEnd();
            assertThat(Streams.text(stream)).doesNotContain("expiring");
            stream.assertExhausted();
        }
    }

    @Test
    void eventsPublishedElsewhereArriveToo() {
        try (StreamRecorder stream = Mercure.open(hub, topic);
                StreamRecorder other = Streams.open(hub, topic)) {
            String id = Publisher.to(hub).publish(Map.of("topic", topic, "type", "t", "msg", "from /msg"));
            Block event = stream.next();
            assertThat(event.id()).isEqualTo(id);
            assertThat(event.lines())
                    .startsWith(":")
                    .endsWith(other.next().lines().toArray(String[]::new));
        }
    }
}
