package dev.tidings.container.stream;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Scrape;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /events} for those who read once, and for those who do it again and again. */
@OfTheDoors
@EveryContainer(settings = "tidings.heartbeat=200ms")
class ReadOnceIT {

    private final String topic = Fresh.topic();
    private final Container hub;
    private final Publisher publisher;

    ReadOnceIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void answerIsADocumentOfEvents() {
        String id = publisher.publish(Map.of("topic", topic, "msg", "zwei\nZeilen ☃", "type", "greeting"));
        Answer answer = get("last=1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        JsonNode event = answer.json().path("events").get(0);
        assertThat(event.path("id").asText()).isEqualTo(id);
        assertThat(event.path("topics").get(0).asText()).isEqualTo(topic);
        assertThat(event.path("type").asText()).isEqualTo("greeting");
        assertThat(event.path("data").asText()).isEqualTo("zwei\nZeilen ☃");
        assertThat(answer.json().path("lastEventId").asText()).matches(Streams.POSITION);
        assertThat(answer.json().path("more").isBoolean()).isTrue();
    }

    @Test
    void readingAgainAndAgainGivesEverythingOnceAndInOrder() {
        String position = get("").json().path("lastEventId").asText();
        var publishing = CompletableFuture.runAsync(() -> publisher.publishNumbers(topic, 100));
        var all = new ArrayList<String>();
        while (all.size() < 100) {
            JsonNode json = get("limit=7&wait=30s&lastEventID=" + position).json();
            all.addAll(data(json));
            position = json.path("lastEventId").asText();
        }
        Eventually.value(publishing);
        assertThat(all)
                .isEqualTo(IntStream.rangeClosed(1, 100)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(data(get("lastEventID=" + position).json())).isEmpty();
    }

    @Test
    void whoWaitsIsAnsweredByTheNextEventAndIsNoClient() {
        String user = Fresh.user();
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(
                () -> Requests.get(hub, "/events?wait=60", bearer(Tokens.user(user)), "Accept: application/json"));
        Eventually.holds("it waits", () -> waiting() > 0);
        assertThat(Clients.of(hub, user)).isEmpty();
        publisher.publish(Map.of("to", user, "msg", "for you"));
        assertThat(data(Eventually.value(answer).json())).containsExactly("for you");
    }

    /** A connection is used for one answer after the other, also after heartbeats. */
    @Test
    void answersFollowEachOtherOnOneConnection() throws IOException {
        try (RawClient client = hub.connect()) {
            for (int n = 1; n <= 3; n++) {
                client.send("GET " + hub.uri().getPath() + Streams.events(topic) + "&wait=1 HTTP/1.1\r\nHost: "
                        + hub.uri().getAuthority() + "\r\nAccept: application/json\r\n" + bearer(Tokens.operator())
                        + "\r\n\r\n");
                ResponseHead head = client.head();
                assertThat(head.status()).isEqualTo(200);
                String body = client.text(head);
                assertThat(body).as("heartbeats come before").startsWith("\n");
                assertThat(new ObjectMapper().readTree(body).path("events")).isEmpty();
            }
        }
    }

    @Test
    void waitThatWasForNothingEndsInTime() {
        long begun = System.nanoTime();
        JsonNode json = get("wait=1s").json();
        assertThat(json.path("events")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(900), Eventually.LIMIT);
    }

    @Test
    void peerThatIsGoneIsForgotten() {
        try (RawClient client = hub.connect()) {
            client.send("GET " + hub.uri().getPath() + Streams.events(topic) + "&wait=60 HTTP/1.1\r\nHost: "
                    + hub.uri().getAuthority() + "\r\nAccept: application/json\r\n" + bearer(Tokens.operator())
                    + "\r\n\r\n");
            Eventually.holds("it waits", () -> waiting() > 0);
            client.reset();
        }
        Eventually.holds("it is gone", () -> waiting() == 0);
    }

    @Test
    void waitEndsWithItsToken() {
        Answer answer = Requests.get(
                hub,
                Streams.events(topic) + "&wait=60",
                bearer(Tokens.operator().expiring(Duration.ofSeconds(2))),
                "Accept: application/json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("events")).isEmpty();
    }

    @Test
    void largeAnswerIsWhole() {
        String large = "ü".repeat(200_000);
        for (int n = 0; n < 3; n++) {
            publisher.publish(topic, large + n);
        }
        String position = "earliest";
        var all = new ArrayList<String>();
        JsonNode json;
        do {
            json = get("lastEventID=" + position).json();
            all.addAll(data(json));
            position = json.path("lastEventId").asText();
        } while (json.path("more").asBoolean());
        assertThat(all).containsExactly(large + 0, large + 1, large + 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | application/json",
                "application/json, text/plain, */* | application/json",
                "application/json, text/event-stream | application/json",
                "application/* | application/json",
                "text/event-stream, application/json | text/event-stream",
                "application/json;q=0.9, text/event-stream | text/event-stream",
                "*/* | text/event-stream",
                "text/* | text/event-stream"
            })
    void acceptDecides(String accept, String type) {
        Answer answer =
                Requests.send("HEAD", hub, Streams.events(topic), bearer(Tokens.operator()), "Accept: " + accept);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(type);
    }

    @Test
    void badRequestsAreRefused() {
        assertProblem(get("limit=0"), 400, "limit: ", "1 to 1000");
        assertProblem(get("wait=61s"), 400, "wait: ", "60s");
        assertProblem(get("last=1&since=1h"), 400, "since: ");
        assertProblem(get("last=1&last=2"), 400, "last: ", "more than once");
        assertProblem(get("latest"), 400, "latest: ", "latest=true");
        assertProblem(get("caught-up=yes"), 400, "caught-up: ");
        assertProblem(get("frame=xml"), 400, "frame: ");
        assertProblem(
                Requests.get(hub, Streams.events(topic) + "&wait=30s", bearer(Tokens.operator())),
                400,
                "wait: ",
                "Accept: application/json");
        assertProblem(Requests.get(hub, Streams.events(topic), "Accept: application/json"), 401);
        assertProblem(
                Requests.get(hub, Streams.events(topic), bearer(Tokens.operator()), "Accept: text/plain"),
                406,
                "text/event-stream",
                "application/json");
    }

    private int waiting() {
        return (int) Scrape.of(hub.uri()).sum("tidings_answers_waiting");
    }

    private Answer get(String query) {
        return Requests.get(
                hub, Streams.events(topic) + "&" + query, bearer(Tokens.operator()), "Accept: application/json");
    }

    private static String bearer(Tokens token) {
        return "Authorization: " + token.bearer();
    }

    private static List<String> data(JsonNode json) {
        return StreamSupport.stream(json.path("events").spliterator(), false)
                .map(event -> event.path("data").asText())
                .toList();
    }
}
