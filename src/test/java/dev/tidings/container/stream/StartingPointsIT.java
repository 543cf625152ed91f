package dev.tidings.container.stream;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams and WebSockets that begin earlier than now, and say when they have caught up. */
@OfTheDoors
@EveryContainer
class StartingPointsIT {

    private final String topic = Fresh.topic();
    private final Container hub;
    private final Publisher publisher;

    StartingPointsIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void streamBeginsWithTheNewestEvents() {
        List<String> ids = publisher.publishNumbers(topic, 5);
        try (StreamRecorder stream = open("last=2")) {
            assertThat(stream.lastEventId()).as("what a cut would resume from").isEqualTo(ids.get(2));
            assertThat(stream.head().headers("Last-Event-ID")).isEmpty();
            assertThat(Streams.data(stream, 2)).containsExactly("4", "5");
            publisher.publish(topic, "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    @Test
    void streamBeginsWithTheNewestOfEachTopic() {
        for (String text : List.of("a1", "b1", "a2", "c1", "b2")) {
            publisher.publish(topic + "/" + text.charAt(0), text);
        }
        String template = Streams.events(topic + "/{x}") + "&latest=true";
        try (StreamRecorder stream = Streams.open(hub.stream(template).with(Tokens.operator()))) {
            assertThat(Streams.data(stream, 3)).containsExactly("a2", "c1", "b2");
            publisher.publish(topic + "/a", "a3");
            publisher.publish(topic + "/a", "a4");
            assertThat(Streams.data(stream, 2)).containsExactly("a3", "a4");
        }
    }

    @Test
    void streamBeginsWithWhatCameSince() {
        publisher.publishNumbers(topic, 2);
        Instant between = Instant.parse(
                Requests.get(hub, Streams.events(topic) + "&last=1", operator(), "Accept: application/json")
                        .json()
                        .path("events")
                        .get(0)
                        .path("time")
                        .asText());
        try (StreamRecorder stream = open("since=1h")) {
            assertThat(Streams.data(stream, 2)).containsExactly("1", "2");
        }
        try (StreamRecorder stream = open("since=" + between)) {
            assertThat(stream.next().data()).isIn("1", "2");
        }
        try (StreamRecorder stream = open("since=" + between.plusMillis(1))) {
            publisher.publish(topic, "3");
            assertThat(stream.next().data()).isEqualTo("3");
        }
    }

    @Test
    void reconnectGoesOnWhereItWas() {
        List<String> ids = publisher.publishNumbers(topic, 5);
        try (StreamRecorder stream = Streams.open(hub.stream(Streams.events(topic) + "&last=5")
                .with(Tokens.operator())
                .after(ids.get(3)))) {
            assertThat(stream.next().data()).isEqualTo("5");
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly(ids.get(3));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "last=0, last",
        "last=1001, last",
        "latest=maybe, latest",
        "since=then, since",
        "since=1h&last=3, since",
        "last=3&latest=true, latest",
        "caught-up=1, caught-up"
    })
    void badBeginningIsRefusedAtBothDoors(String query, String field) {
        for (String door : List.of("/events", "/ws")) {
            String target = door + "?topic=" + topic + "&" + query;
            String[] upgrade = {
                operator(),
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
            };
            assertProblem(
                    Requests.get(hub, target, door.equals("/ws") ? upgrade : new String[] {operator()}),
                    400,
                    field + ": ");
        }
    }

    @Test
    void headIsAnsweredAtOnce() {
        publisher.publishNumbers(topic, 2);
        assertThat(Requests.send("HEAD", hub, Streams.events(topic) + "&latest=true", operator())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void mercuresAddressHasTheReferencesBeginningsAlone() {
        publisher.publishNumbers(topic, 2);
        try (StreamRecorder stream = hub.stream("/.well-known/mercure?last=none&caught-up=1&topic=" + topic)
                .with(Tokens.operator())
                .open()) {
            assertThat(stream.status()).isEqualTo(200);
            publisher.publish(topic, "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    @Test
    void caughtUpComesOnceBetweenWhatWasStoredAndWhatIsLive() {
        List<String> ids = publisher.publishNumbers(topic, 3);
        try (StreamRecorder stream = open("last=2&caught-up=true")) {
            assertThat(Streams.data(stream, 2)).containsExactly("2", "3");
            Block caughtUp = stream.next();
            assertThat(caughtUp.type()).isEqualTo("caught-up");
            assertThat(caughtUp.id()).isNull();
            assertThat(caughtUp.lines()).hasSize(2);
            assertThat(position(Streams.json(caughtUp))).isGreaterThanOrEqualTo(ids.get(2));
            publisher.publish(topic, "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&frame=json"})
    void streamWithNothingToReadIsCaughtUpAtOnce(String frame) {
        try (StreamRecorder stream = open("caught-up=true" + frame)) {
            assertThat(stream.next().type()).isEqualTo("caught-up");
            publisher.publish(topic, "live");
            assertThat(stream.next().data()).contains("live");
            stream.assertExhausted();
        }
    }

    @Test
    void webSocketBeginsAndCatchesUpAlike() {
        for (String text : List.of("a1", "b1", "a2")) {
            publisher.publish(topic + "/" + text.charAt(0), text);
        }
        String selector = "/ws?topic=" + Streams.encode(topic + "/{x}");
        try (SocketClient latest = SocketClient.open(hub, selector + "&latest=true&caught-up=true", Tokens.operator());
                SocketClient last = SocketClient.open(hub, selector + "&last=2", Tokens.operator());
                SocketClient since = SocketClient.open(hub, selector + "&since=1h", Tokens.operator())) {
            assertThat(data(latest, 2)).containsExactly("b1", "a2");
            assertThat(position(latest.next("caught-up"))).matches(Streams.POSITION);
            assertThat(data(last, 2)).containsExactly("b1", "a2");
            assertThat(data(since, 3)).containsExactly("a1", "b1", "a2");
            publisher.publish(topic + "/a", "a3");
            for (SocketClient client : List.of(latest, last, since)) {
                assertThat(client.next("event").path("data").asText()).isEqualTo("a3");
            }
        }
    }

    /** Each publish of a flood is answered before the next; streams are opened meanwhile. */
    @Test
    void floodLeavesNeitherAHoleNorARepetition() {
        var flood = new Thread(() -> publisher.publishNumbers(topic, 300));
        flood.start();
        var streams = new ArrayList<StreamRecorder>();
        try {
            for (int i = 0; i < 5; i++) {
                streams.add(open("latest=true"));
                streams.add(open("last=3"));
                streams.add(open("since=1s"));
            }
            join(flood);
            publisher.publish(topic, "301");
            for (StreamRecorder stream : streams) {
                int number = Integer.parseInt(stream.next().data());
                while (number < 301) {
                    number++;
                    assertThat(stream.next().data()).isEqualTo(Integer.toString(number));
                }
            }
        } finally {
            join(flood);
            streams.forEach(StreamRecorder::close);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> data(SocketClient client, int count) {
        client.next("welcome");
        var data = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            data.add(client.next("event").path("data").asText());
        }
        return data;
    }

    private static String position(JsonNode caughtUp) {
        assertThat(caughtUp.path("lastEventId").asText()).matches(Streams.POSITION);
        return caughtUp.path("lastEventId").asText();
    }

    private StreamRecorder open(String query) {
        return Streams.open(hub.stream(Streams.events(topic) + "&" + query).with(Tokens.operator()));
    }

    private static String operator() {
        return "Authorization: " + Tokens.operator().bearer();
    }
}
