package dev.tidings.container.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a WebSocket is sent: the welcome, what history holds, and events as they come. */
@OfTheDoors
@EveryContainer
class WebSocketIT {

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    WebSocketIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void welcomeComesFirst() {
        try (SocketClient client = open("/ws?topic=" + topic)) {
            JsonNode welcome = client.next("welcome");
            assertThat(welcome.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly("type", "client", "lastEventId", "message", "server");
            assertThat(welcome.path("client").textValue()).isEqualTo(Clients.idOf(hub, user));
            assertThat(welcome.path("lastEventId").textValue()).matches(Streams.POSITION);
            client.assertExhausted();
        }
    }

    @Test
    void eventIsOneFrame() {
        try (SocketClient client = welcomed("/ws?topic=" + topic)) {
            String id = Publisher.to(hub)
                    .publish(Map.of(
                            "topic",
                            List.of(topic, "/other"),
                            "type",
                            "greeting",
                            "msg",
                            "zwei\nZeilen ☃ \uD83D\uDE00"));
            JsonNode event = client.next("event");
            assertThat(event.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly("type", "id", "topics", "event", "data", "time");
            assertThat(event.path("id").textValue()).isEqualTo(id);
            assertThat(event.path("topics").toString()).isEqualTo("[\"" + topic + "\"]");
            assertThat(event.path("event").textValue()).isEqualTo("greeting");
            assertThat(event.path("data").textValue()).isEqualTo("zwei\nZeilen ☃ \uD83D\uDE00");
            client.assertExhausted();
        }
    }

    @Test
    void withoutATopicItIsTheInbox() {
        try (SocketClient client = welcomed("/ws")) {
            Publisher.to(hub).publish(Map.of("to", user, "msg", "for you"));
            assertThat(client.next("event").path("data").textValue()).isEqualTo("for you");
        }
    }

    @Test
    void privateEventsTakeAGrant() {
        try (SocketClient client = welcomed("/ws?topic=" + topic)) {
            Publisher.to(hub).publish(Map.of("topic", topic, "msg", "secret", "private", true));
            Publisher.to(hub).publish(topic, "public");
            assertThat(client.next("event").path("data").textValue()).isEqualTo("public");
        }
    }

    @Test
    void templateThatIsNotGrantedShowsNoTopicOfAPrivateEvent() {
        String template = Streams.encode(topic + "/{x}");
        try (SocketClient client = welcomed("/ws?topic=" + template)) {
            Publisher.to(hub).publish(Map.of("topic", List.of("/users/" + user, topic + "/plan"), "msg", "x"));
            assertThat(client.next("event").path("topics").toString()).isEqualTo("[\"/users/" + user + "\"]");
        }
    }

    @Test
    void everythingAfterTheLastEventIdIsReplayedAndLiveEventsFollow() {
        List<String> ids = Publisher.to(hub).publishNumbers(topic, 1_000);
        try (SocketClient client = welcomed("/ws?topic=" + topic + "&lastEventID=" + Streams.encode(ids.get(9)))) {
            Publisher.to(hub).publish(topic, "1001");
            assertThat(data(client, 991)).isEqualTo(numbers(11, 1_001));
            client.assertExhausted();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lastEventId", "Last-Event-ID", "last_event_id"})
    void earliestIsAllThatIsHeldHoweverTheFieldIsSpelt(String name) {
        Publisher.to(hub).publishNumbers(topic, 10);
        try (SocketClient client = welcomed("/ws?topic=" + topic + "&" + name + "=earliest")) {
            assertThat(data(client, 10)).isEqualTo(numbers(1, 10));
        }
    }

    @Test
    void resumeFromAPublishersIdIsWelcomedWithItsPosition() {
        String id = Fresh.id();
        Publisher.to(hub).publish(Map.of("topic", topic, "msg", "1", "id", id));
        Publisher.to(hub).publish(topic, "2");
        try (SocketClient client = open("/ws?topic=" + topic + "&lastEventID=" + id)) {
            assertThat(client.next("welcome").path("lastEventId").textValue()).matches(Streams.POSITION);
            assertThat(client.next("event").path("data").textValue()).isEqualTo("2");
        }
    }

    @Test
    void unknownIdIsAGapAfterTheWelcome() {
        Publisher.to(hub).publishNumbers(topic, 2);
        try (SocketClient client = welcomed("/ws?topic=" + topic + "&lastEventID=unknown")) {
            JsonNode gap = client.next("gap");
            assertThat(gap.path("requested").textValue()).isEqualTo("unknown");
            assertThat(gap.path("oldest").textValue()).matches(Streams.POSITION);
            assertThat(data(client, 2)).isEqualTo(numbers(1, 2));
        }
    }

    @Test
    void burstComesInOrder() {
        try (SocketClient client = welcomed("/ws?topic=" + topic)) {
            Publisher publisher = Publisher.to(hub);
            publisher.publishNumbers(topic, 1_000);
            publisher.publishNumbers(topic, 1_000);
            assertThat(data(client, 1_000)).isEqualTo(numbers(1, 1_000));
            assertThat(data(client, 1_000)).isEqualTo(numbers(1, 1_000));
        }
    }

    @Test
    void largeEventIsOneMessage() {
        String data = "☃".repeat(300_000);
        try (SocketClient client = welcomed("/ws?topic=" + topic)) {
            Publisher.to(hub).publish(topic, data);
            assertThat(client.next("event").path("data").textValue()).isEqualTo(data);
        }
    }

    @Test
    void clientIsInTheRegistryUntilItCloses() {
        try (StreamRecorder following = Clients.follow(hub);
                SocketClient client = welcomed("/ws?topic=" + topic)) {
            JsonNode entry = Clients.only(hub, user);
            assertThat(entry.path("transport").textValue()).isEqualTo("ws");
            assertThat(entry.path("topics").toString()).isEqualTo("[\"" + topic + "\"]");
            client.finish();
            assertThat(client.awaitClose()).isEqualTo(1000);
            assertThat(Clients.reason(following, user)).isEqualTo("closed");
            assertThat(Clients.of(hub, user)).isEmpty();
        }
    }

    @Test
    void clientThatVanishesLeaves() {
        try (StreamRecorder following = Clients.follow(hub)) {
            welcomed("/ws?topic=" + topic).close();
            assertThat(Clients.reason(following, user)).isEqualTo("closed");
        }
    }

    @Test
    void operatorEndsItWithPolicyViolation() {
        try (SocketClient client = welcomed("/ws?topic=" + topic)) {
            assertThat(Clients.end(hub, Clients.idOf(hub, user))).isEqualTo(204);
            assertThat(Clients.of(hub, user)).isEmpty();
            assertThat(client.awaitClose()).isEqualTo(1008);
        }
    }

    private SocketClient open(String target) {
        return SocketClient.open(hub, target, Tokens.user(user));
    }

    private SocketClient welcomed(String target) {
        SocketClient client = open(target);
        client.next("welcome");
        return client;
    }

    private static List<String> data(SocketClient client, int count) {
        var data = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            data.add(client.next("event").path("data").textValue());
        }
        return data;
    }

    private static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }
}
