package dev.tidings.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Who reads once gets what a stream would get, and where to go on. Over 300 lines, since each fact asks the same hub, whose clock is the
 * test's.
 */
class AnswersServedTest {

    private final StreamingHub hub = new StreamingHub();

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void answerHasTheEventsAndWhereToGoOn() {
        Event first = hub.publish("/a", "1");
        hub.publish("/b", "x");
        Event last = hub.publish("/a", "2");
        Answer answer = get("topic=/a&lastEventID=earliest");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body()).endsWith("}\n");
        JsonNode json = answer.json();
        assertThat(data(json)).containsExactly("1", "2");
        assertThat(names(json)).containsExactly("events", "lastEventId", "more");
        assertThat(names(json.path("events").get(0))).containsExactly("id", "topics", "type", "data", "time");
        assertThat(json.path("events").get(0).path("id").asText()).isEqualTo(first.id());
        assertThat(json.path("lastEventId").asText()).isEqualTo(last.id());
        assertThat(json.path("more").asBoolean()).isFalse();
    }

    @Test
    void withoutABeginningItIsTheLogsEnd() {
        hub.publish("/a", "before");
        JsonNode json = get("topic=/a").json();
        assertThat(data(json)).isEmpty();
        Event next = hub.publish("/a", "after");
        JsonNode more =
                get("topic=/a&lastEventID=" + json.path("lastEventId").asText()).json();
        assertThat(data(more)).containsExactly("after");
        assertThat(more.path("lastEventId").asText()).isEqualTo(next.id());
    }

    @Test
    void answersOneAfterTheOtherHaveEverythingOnceAndInOrder() {
        IntStream.rangeClosed(1, 45).forEach(n -> {
            hub.publish("/a", Integer.toString(n));
            hub.publish("/b", "x");
        });
        var all = new ArrayList<String>();
        String position = "earliest";
        JsonNode json;
        int answers = 0;
        do {
            json = get("topic=/a&limit=7&lastEventID=" + position).json();
            assertThat(json.path("events").size()).isLessThanOrEqualTo(7);
            all.addAll(data(json));
            position = json.path("lastEventId").asText();
            answers++;
        } while (json.path("more").asBoolean());
        assertThat(all)
                .isEqualTo(
                        IntStream.rangeClosed(1, 45).mapToObj(Integer::toString).toList());
        assertThat(answers).isBetween(7, 8);
    }

    @Test
    void answerHasBoundedBytesAndOneEventAtLeast() {
        String large = "x".repeat(600_000);
        IntStream.range(0, 3).forEach(n -> hub.publish("/a", large));
        JsonNode json = get("topic=/a&lastEventID=earliest").json();
        assertThat(json.path("events").size()).isEqualTo(1);
        assertThat(json.path("more").asBoolean()).isTrue();
    }

    /** Large events and small ones are written in other pieces. */
    @Test
    void documentIsTheSameHoweverLargeItsEventsAre() {
        int[] sizes = {1, 40_000, 2, 3, 20_000, 1, 0};
        for (int size : sizes) {
            hub.publish("/a", "\u0001".repeat(size));
        }
        String position = get("topic=/a").json().path("lastEventId").asText();
        var read = new ArrayList<Integer>();
        JsonNode json = get("topic=/a&lastEventID=earliest").json();
        while (true) {
            json.path("events")
                    .forEach(event -> read.add(event.path("data").asText().length()));
            if (!json.path("more").asBoolean()) {
                break;
            }
            json = get("topic=/a&lastEventID=" + json.path("lastEventId").asText())
                    .json();
        }
        assertThat(read).containsExactly(1, 40_000, 2, 3, 20_000, 1, 0);
        assertThat(json.path("lastEventId").asText()).isEqualTo(position);
    }

    @Test
    void answerMayBeginWhereStreamsMayBegin() {
        IntStream.rangeClosed(1, 9).forEach(n -> hub.publish("/a/" + n % 3, Integer.toString(n)));
        assertThat(data(get("topic=/a/{x}&last=2").json())).containsExactly("8", "9");
        assertThat(data(get("topic=/a/{x}&latest=true").json())).containsExactly("7", "8", "9");
        assertThat(data(get("topic=/a/{x}&since=1h").json())).hasSize(9);
        assertThat(get("topic=/a&last=2&latest=true").status()).isEqualTo(400);
    }

    @Test
    void answerSaysWhatIsMissing() {
        Event event = hub.publish("/a", "1");
        JsonNode json = get("topic=/a&lastEventID=unknown").json();
        assertThat(json.path("gap").path("requested").asText()).isEqualTo("unknown");
        assertThat(json.path("gap").path("oldest").asText()).isEqualTo(event.id());
        assertThat(data(json)).containsExactly("1");
        assertThat(get("topic=/none&lastEventID=unknown&wait=60")
                        .json()
                        .path("gap")
                        .isMissingNode())
                .as("whoever waits is told at once")
                .isFalse();
    }

    @Test
    void onlyTopicsThatTheReaderMayKnowAreInIt() {
        hub.hub.publish(List.of(new PublishRequest(List.of("/a", "/secret"), null, "1", null, null, false)));
        JsonNode event =
                get("topic=/a&lastEventID=earliest").json().path("events").get(0);
        assertThat(event.path("topics")).extracting(JsonNode::asText).containsExactly("/a");
    }

    @Test
    void privateEventsAreForThoseWhoseGrantCoversThem() {
        hub.hub.publish(List.of(new PublishRequest(List.of("/a"), null, "secret", null, null, true)));
        assertThat(data(get("topic=/a&lastEventID=earliest").json())).isEmpty();
        String token = "Authorization: "
                + Tokens.grant("alice", List.of(), List.of("/a")).bearer();
        assertThat(data(send("GET", "topic=/a&lastEventID=earliest", token).json()))
                .containsExactly("secret");
    }

    @Test
    void badFieldsAreRefused() {
        for (String field :
                List.of("limit=0", "limit=1001", "limit=x", "wait=61", "wait=61s", "wait=2m", "wait=-1", "wait=x")) {
            Answer answer = get("topic=/a&" + field);
            assertThat(answer.status()).as(field).isEqualTo(400);
            assertThat(answer.json().path("detail").asText()).startsWith(field.substring(0, field.indexOf('=')) + ": ");
        }
        assertThat(get("").status()).as("no topic and no inbox").isEqualTo(400);
    }

    @Test
    void headIsAnsweredAtOnceAndHasNoBody() {
        try (RawClient client = hub.connect()) {
            ResponseHead head = client.send("HEAD /events?topic=/a&wait=60 HTTP/1.1\r\nHost: hub\r\n"
                            + "Accept: application/json\r\nConnection: close\r\n\r\n")
                    .head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).startsWith("application/json");
        }
    }

    /** Also while delivery has not come to it. */
    @Test
    void whatWasPublishedBeforeItIsInIt() {
        for (int n = 0; n < 300; n++) {
            String data = hub.publish("/a", "" + n).data();
            assertThat(data(get("topic=/a&last=1").json())).containsExactly(data);
        }
    }

    @Test
    void waitingAnswerComesWithTheFirstEventAndNoThreadIsHeld() {
        CompletableFuture<Answer> answer = waiting("topic=/a&wait=60s");
        hub.publish("/b", "x");
        hub.publish("/a", "1");
        JsonNode json = Eventually.value(answer).json();
        assertThat(data(json)).containsExactly("1");
        hub.publish("/a", "2");
        assertThat(data(get("topic=/a&lastEventID=" + json.path("lastEventId").asText())
                        .json()))
                .containsExactly("2");
        assertReleased();
    }

    @Test
    void passingEventAnswersToo() {
        CompletableFuture<Answer> answer = waiting("topic=/a&wait=60");
        hub.log.pass(new PublishRequest(List.of("/a"), null, "passing", null, null, false));
        assertThat(data(Eventually.value(answer).json())).containsExactly("passing");
    }

    @Test
    void waitThatWasForNothingEndsWithAFreshPosition() {
        try (RawClient client = hub.connect()) {
            client.send("GET /events?topic=/a&wait=20s HTTP/1.1\r\nHost: hub\r\nAccept: application/json\r\n\r\n");
            Eventually.holds("it waits", () -> hub.hub.census().answers() == 1);
            Event elsewhere = hub.publish("/b", "x");
            hub.clock.advance(StreamingHub.HEARTBEAT);
            ResponseHead head = client.head();
            hub.clock.advance(Duration.ofSeconds(5));
            String body = client.text(head);
            assertThat(body).as("a heartbeat comes before, which JSON allows").startsWith("\n{");
            JsonNode json = new Answer(200, head.headers(), body).json();
            assertThat(data(json)).isEmpty();
            assertThat(json.path("lastEventId").asText()).isEqualTo(elsewhere.id());
        }
        assertReleased();
    }

    @Test
    void whoWaitsIsNoClient() {
        CompletableFuture<Answer> answer = waiting("topic=/a&wait=60");
        assertThat(hub.hub.clients().size()).isZero();
        assertThat(hub.hub.clients().all()).isEmpty();
        assertThat(hub.hub.census().answers()).isOne();
        hub.publish("/a", "1");
        Eventually.value(answer);
        assertReleased();
    }

    @Test
    void waitEndsWithTheToken() {
        String token = "Authorization: "
                + Tokens.user("alice")
                        .expiring(hub.clock.instant().plusSeconds(5))
                        .bearer();
        CompletableFuture<Answer> answer = waiting("topic=/a&wait=60", token);
        hub.clock.advance(Duration.ofSeconds(6));
        Answer ended = Eventually.value(answer);
        assertThat(ended.status()).isEqualTo(200);
        assertThat(data(ended.json())).isEmpty();
    }

    @Test
    void waitEndsWhenTheNodeDrains() {
        CompletableFuture<Answer> answer = waiting("topic=/a&wait=60");
        hub.hub.endAll(DisconnectReason.DRAINED);
        Answer ended = Eventually.value(answer);
        assertThat(ended.status()).isEqualTo(200);
        JsonNode json = ended.json();
        hub.publish("/a", "1");
        assertThat(data(get("topic=/a&lastEventID=" + json.path("lastEventId").asText())
                        .json()))
                .containsExactly("1");
    }

    @Test
    void nodeThatDrainsAsksToComeLater() {
        hub.hub.drain().close();
        Answer refused = get("topic=/a&wait=60");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
    }

    /** Found by reading: what is taken and what is only waiting has to be told apart when a subscriber ends. */
    @Test
    void waitThatIsEndedLosesAndRepeatsNothing() {
        String position = get("topic=/a").json().path("lastEventId").asText();
        var all = new ArrayList<String>();
        for (int n = 1; n <= 100; n++) {
            String query = "topic=/a&wait=60&lastEventID=" + position;
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> send("GET", query));
            Eventually.holds("it is under way", () -> hub.hub.census().answers() == 1 || answer.isDone());
            var publishing = CompletableFuture.runAsync(() -> hub.publish("/a", "x"));
            hub.hub.endAll(DisconnectReason.DRAINED);
            JsonNode json = Eventually.value(answer).json();
            assertReleased();
            all.addAll(data(json));
            position = json.path("lastEventId").asText();
            Eventually.value(publishing);
        }
        all.addAll(data(get("topic=/a&lastEventID=" + position).json()));
        assertThat(all).hasSize(100);
    }

    @Test
    void peerThatIsGoneIsNoticedAtAHeartbeat() {
        try (RawClient client = hub.connect()) {
            client.send("GET /events?topic=/a&wait=60 HTTP/1.1\r\nHost: hub\r\nAccept: application/json\r\n\r\n");
            Eventually.holds("it waits", () -> hub.hub.census().answers() == 1);
            client.reset();
        }
        var heartbeats = new AtomicInteger();
        Eventually.holds("it is released", () -> {
            if (heartbeats.incrementAndGet() <= 3) {
                hub.clock.advance(StreamingHub.HEARTBEAT);
            }
            return hub.hub.census().answers() == 0;
        });
    }

    private void assertReleased() {
        Eventually.holds("nothing of it is left", () -> hub.hub.census().answers() == 0);
    }

    private CompletableFuture<Answer> waiting(String query, String... headers) {
        int before = hub.hub.census().answers();
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> send("GET", query, headers));
        Eventually.holds("it waits", () -> hub.hub.census().answers() > before);
        return answer;
    }

    private Answer get(String query) {
        return send("GET", query);
    }

    private Answer send(String method, String query, String... headers) {
        var request = new StringBuilder(method + " /events?" + query + " HTTP/1.1\r\nHost: hub\r\n"
                + "Accept: application/json\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        try (RawClient client = hub.connect()) {
            ResponseHead head = client.send(request.append("\r\n").toString()).head();
            return new Answer(head.status(), head.headers(), client.text(head));
        }
    }

    private static List<String> names(JsonNode json) {
        var names = new ArrayList<String>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> data(JsonNode json) {
        return StreamSupport.stream(json.path("events").spliterator(), false)
                .map(event -> event.path("data").asText())
                .toList();
    }
}
