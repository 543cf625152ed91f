package dev.tidings.container.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.CollidingNames;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client says over a WebSocket: done and answered, or refused and the stream still open. */
@EveryContainer
class WebSocketFramesIT {

    private static final int LIMIT = 64 * 1024;

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;
    private SocketClient client;

    WebSocketFramesIT(Container hub) {
        this.hub = hub;
    }

    @BeforeEach
    void open() {
        Tokens token = Tokens.grant(user, List.of(topic, "/users/" + user, "/clients/{id}"), List.of(topic));
        client = SocketClient.open(hub, "/ws?topic=" + topic, token);
        client.next("welcome");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void publishIsAnsweredWithItsIdAndDelivered() {
        client.send("{\"type\":\"publish\",\"topics\":[\"%s\"],\"data\":{\"a\": 1.10},\"event\":\"e\",\"ref\":7}"
                .formatted(topic));
        JsonNode first = client.next();
        boolean eventCameFirst = first.path("type").asText().equals("event");
        JsonNode second = client.next(eventCameFirst ? "published" : "event");
        JsonNode event = eventCameFirst ? first : second;
        JsonNode published = eventCameFirst ? second : first;
        assertThat(published.path("ref").toString()).isEqualTo("7");
        assertThat(event.path("id")).isEqualTo(published.path("id"));
        assertThat(event.path("data").textValue()).isEqualTo("{\"a\":1.10}");
        assertThat(event.path("event").textValue()).isEqualTo("e");
    }

    @Test
    void publishWithoutATopicIsForTheOwnInboxAndTheIdIsThePublishers() {
        String id = Fresh.id();
        client.send("{\"type\":\"publish\",\"data\":\"x\",\"id\":\"%s\",\"ref\":\"r\"}".formatted(id));
        assertThat(client.next("published").path("id").textValue()).isEqualTo(id);
        client.assertExhausted();
    }

    @Test
    void publishToAUserIsToTheInbox() {
        try (var inbox = Clients.open(hub, user, "/users/" + user)) {
            client.send("{\"type\":\"publish\",\"to\":[\"%s\"],\"data\":\"hello\"}".formatted(user));
            client.next("published");
            assertThat(inbox.next().data()).isEqualTo("hello");
        }
    }

    @Test
    void echoIsAnsweredInKind() {
        client.send("{\"type\":\"echo\",\"data\":{\"a\":[1,null,\"☃\"]}}");
        assertThat(client.next("echo").path("data").toString()).isEqualTo("{\"a\":[1,null,\"☃\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense|null|Bad Request|JSON",
                "[1]|null|Bad Request|JSON object",
                "{\"type\":\"publish\",|null|Bad Request|JSON",
                "{\"type\":\"echo\",\"type\":\"echo\"}|null|Bad Request|Duplicate",
                "{\"ref\":1}|1|Bad Request|type: Give one of publish",
                "{\"type\":\"shout\",\"ref\":\"a\"}|\"a\"|Bad Request|type: Give one of publish",
                "{\"type\":\"echo\",\"ref\":{}}|null|Bad Request|ref: ",
                "{\"type\":\"echo\",\"dat\":1,\"ref\":2}|2|Bad Request|dat: ",
                "{\"type\":\"publish\",\"topic\":\"/a\",\"ref\":3}|3|Bad Request|topic: A frame of the type publish has no such member",
                "{\"type\":\"publish\",\"topics\":[],\"ref\":4}|4|Bad Request|topics: ",
                "{\"type\":\"publish\",\"topics\":[\"/a\"],\"to\":\"b\",\"ref\":5}|5|Bad Request|to: ",
                "{\"type\":\"publish\",\"event\":\"gap\",\"ref\":6}|6|Bad Request|event: ",
                "{\"type\":\"publish\",\"event\":\"caught-up\",\"ref\":6}|6|Bad Request|event: ",
                "{\"type\":\"publish\",\"topics\":[\"/foreign\"],\"ref\":7}|7|Forbidden|/foreign",
                "{\"type\":\"publish\",\"topics\":[\"/hub/nodes\"],\"ref\":7}|7|Forbidden|hub's own",
                "{\"type\":\"publish\",\"topics\":[\"/clients/1\"],\"ref\":8}|8|Forbidden|hub's own",
                "{\"type\":\"publish\",\"private\":\"perhaps\",\"ref\":9}|9|Bad Request|private: ",
                "{\"type\":\"subscribe\",\"ref\":10}|10|Bad Request|topics: ",
                "{\"type\":\"subscribe\",\"topics\":[1],\"ref\":11}|11|Bad Request|topics: ",
                "{\"type\":\"subscribe\",\"topics\":[\"\"],\"ref\":12}|12|Bad Request|topics: ",
                "{\"type\":\"unsubscribe\",\"topics\":\"\",\"ref\":13}|13|Bad Request|topics: ",
                "{\"type\":\"auth\",\"ref\":14}|14|Bad Request|token: ",
                "{\"type\":\"echo\",\"data\":\"\\ud800\",\"ref\":16}|16|Bad Request|data: It holds half of a surrogate pair",
                "{\"type\":\"publish\",\"data\":[\"\\udc00\"],\"ref\":\"x\"}|\"x\"|Bad Request|data: It holds half",
                "{\"type\":\"subscribe\",\"topics\":[\"\\ud800\"],\"ref\":17}|17|Bad Request|topics: It holds half",
                "{\"\\ud800\":1,\"type\":\"echo\",\"ref\":18}|null|Bad Request|surrogate",
                "{\"type\":\"echo\",\"ref\":\"\\ud800\"}|null|Bad Request|ref: It holds half of a surrogate pair",
                "{\"type\":\"echo\",\"ref\":true}|null|Bad Request|ref: Give a string or a number",
                "{\"type\":\"auth\",\"token\":\"bad\",\"ref\":15}|15|Unauthorized|JWT"
            })
    void badFrameIsAnsweredAndTheStreamStaysOpen(String frame, String ref, String title, String detail) {
        client.send(frame);
        JsonNode error = client.next("error");
        assertThat(error.path("ref").toString()).isEqualTo(ref);
        assertThat(error.path("title").textValue()).isEqualTo(title);
        assertThat(error.path("detail").textValue()).contains(detail);
        Publisher.to(hub).publish(topic, "still here");
        assertThat(client.next("event").path("data").textValue()).isEqualTo("still here");
        client.assertExhausted();
    }

    @Test
    void refOfTwoHundredDigitsIsGivenBackAndALongerOneIsAnError() {
        client.send("{\"type\":\"echo\",\"ref\":" + "1".repeat(200) + "}");
        assertThat(client.next("echo").path("ref").toString()).isEqualTo("1".repeat(200));
        client.send("{\"type\":\"echo\",\"ref\":" + "1".repeat(300) + "}");
        JsonNode error = client.next("error");
        assertThat(error.path("detail").textValue()).startsWith("ref: ");
        assertThat(error.path("ref").isNull()).isTrue();
        echoIsAnsweredInKind();
    }

    /** Making a number of so many digits takes a processor long, and there is no use for one. */
    @Test
    void numberOfThousandsOfDigitsIsAnError() {
        String digits = "7".repeat(60_000);
        for (String frame : List.of(
                "{\"type\":\"subscribe\",\"topics\":[" + digits + "]}",
                "{\"type\":\"echo\",\"data\":" + digits + "}",
                "{\"type\":\"echo\",\"ref\":" + digits + "}",
                "{\"type\":\"auth\",\"token\":0." + digits + "}")) {
            client.send(frame);
            assertThat(client.next("error").path("detail").textValue()).contains("a number of more than 1000 digits");
        }
        echoIsAnsweredInKind();
    }

    /** Names whose hashes are equal fill one slot of a table of names. */
    @Test
    void membersWhoseNamesCollideAreRead() {
        String members = CollidingNames.members(1_000);
        client.send("{\"type\":\"echo\",\"data\":{" + members + "}}");
        assertThat(client.next("echo").path("data").toString()).isEqualTo("{" + members + "}");
        client.send("{\"type\":\"echo\"," + members + "}");
        assertThat(client.next("error").path("detail").textValue()).contains("has no such member");
    }

    @Test
    void eventWithoutDataHasEmptyData() {
        client.send("{\"type\":\"publish\",\"topics\":[\"%s\"]}".formatted(topic));
        assertThat(client.skipTo("event").path("data").textValue()).isEmpty();
    }

    @Test
    void binaryFrameIsAnError() {
        client.sendBinary(new byte[] {1, 2, 3});
        assertThat(client.next("error").path("detail").textValue()).contains("binary");
        client.assertExhausted();
    }

    @Test
    void messageInPartsIsOneFrame() {
        client.sendInParts("{\"type\":\"echo\",", "\"data\":\"parts\"}");
        assertThat(client.next("echo").path("data").textValue()).isEqualTo("parts");
    }

    @Test
    void frameOfTheLimitIsRead() {
        String frame = "{\"type\":\"echo\",\"data\":\"\"}";
        client.send(frame.replace("\"\"", '"' + "x".repeat(LIMIT - frame.length()) + '"'));
        assertThat(client.next("echo").path("data").textValue()).hasSize(LIMIT - frame.length());
    }

    @Test
    void frameAboveTheLimitEndsTheStream() {
        client.send("{\"type\":\"echo\",\"data\":\"" + "é".repeat(LIMIT / 2) + "\"}");
        assertThat(client.awaitClose()).isEqualTo(1009);
        assertThat(Clients.of(hub, user)).isEmpty();
    }

    @Test
    void binaryFrameAboveTheLimitEndsTheStream() {
        client.sendBinary(new byte[LIMIT + 1]);
        assertThat(client.awaitClose()).isEqualTo(1009);
    }

    @Test
    void partsAboveTheLimitEndTheStream() {
        client.sendInParts("x".repeat(LIMIT), "x");
        assertThat(client.awaitClose()).isEqualTo(1009);
    }

    @Test
    void subscribeHoldsFromThePositionItIsAnsweredWith() {
        String other = Fresh.topic();
        publishAndSeeDelivered(other, "before");
        client.send("{\"type\":\"subscribe\",\"topics\":[\"%s\"],\"ref\":1}".formatted(other));
        assertThat(client.next("subscribed").path("lastEventId").textValue()).matches(Streams.POSITION);
        Publisher.to(hub).publish(other, "after");
        assertThat(client.next("event").path("data").textValue()).isEqualTo("after");
        assertThat(Clients.only(hub, user).path("topics").toString())
                .isEqualTo("[\"%s\",\"%s\"]".formatted(topic, other));
        assertThat(Clients.list(hub, "?topic=%s&user=%s".formatted(other, user)))
                .hasSize(1);
    }

    @Test
    void unsubscribedTopicsComeNoMore() {
        client.send("{\"type\":\"unsubscribe\",\"topics\":\"%s\",\"ref\":1}".formatted(topic));
        client.next("unsubscribed");
        publishAndSeeDelivered(topic, "after");
        client.send("{\"type\":\"subscribe\",\"topics\":\"%s\"}".formatted(topic));
        client.next("subscribed");
        Publisher.to(hub).publish(topic, "again");
        assertThat(client.next("event").path("data").textValue()).isEqualTo("again");
    }

    /** A publisher is answered before delivery has come to its event, and so is whoever subscribes. */
    private void publishAndSeeDelivered(String to, String data) {
        try (StreamRecorder watch = Streams.open(hub, to)) {
            Publisher.to(hub).publish(to, data);
            assertThat(watch.next().data()).isEqualTo(data);
        }
    }

    @Test
    void moreThanAHundredTopicsAreRefused() {
        var topics = new ArrayList<String>();
        IntStream.range(0, 100).forEach(i -> topics.add("\"/" + i + "\""));
        client.send("{\"type\":\"subscribe\",\"topics\":" + topics + ",\"ref\":1}");
        assertThat(client.next("error").path("detail").textValue()).contains("100");
        assertThat(Clients.only(hub, user).path("topics")).hasSize(1);
        client.send("{\"type\":\"subscribe\",\"topics\":" + topics.subList(1, 100) + "}");
        client.next("subscribed");
        assertThat(Clients.only(hub, user).path("topics")).hasSize(100);
    }

    @Test
    void frameWithThousandsOfTopicsIsRefusedBeforeTheyAreLookedAt() {
        List<String> topics =
                IntStream.range(0, 5_000).mapToObj(i -> "\"/" + i + "\"").toList();
        for (String type : List.of("subscribe", "unsubscribe")) {
            client.send("{\"type\":\"%s\",\"topics\":%s}".formatted(type, topics));
            assertThat(client.next("error").path("detail").textValue()).contains("topics: ", "5000");
        }
    }

    @Test
    void clientThatChangesItsTopicsAgainAndAgainMayGoOn() {
        String other = Fresh.topic();
        for (int i = 0; i < 300; i++) {
            Publisher.to(hub).publish(Fresh.topic(), "elsewhere");
            client.send("{\"type\":\"subscribe\",\"topics\":\"%s\"}".formatted(other));
            client.next("subscribed");
            client.send("{\"type\":\"unsubscribe\",\"topics\":\"%s\"}".formatted(other));
            client.next("unsubscribed");
        }
    }
}
