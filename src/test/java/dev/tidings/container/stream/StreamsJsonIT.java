package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Streams with {@code frame=json}. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.JETTY)
class StreamsJsonIT {

    private final Container hub;
    private final Publisher publisher;

    StreamsJsonIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void eventHasNoTypeOfItsOwnSoThatOnmessageSeesItAll() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(Tokens.operator(), topic)) {
            String id = publisher.publish(Map.of("topic", topic, "msg", "x", "type", "greeting", "retry", 77));
            Block event = stream.next();
            assertThat(event.lines()).hasSize(3).startsWith("retry: 77", "id: " + id);
            assertThat(event.type()).isEqualTo("message");
        }
    }

    @Test
    void dataHoldsWhatTheEventIs() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(Tokens.operator(), topic)) {
            String data = "two\nlines, \"quoted\", 😀";
            String id = publisher.publish(Map.of("topic", topic, "msg", data, "type", "greeting"));
            JsonNode json = Streams.json(stream.next());
            assertThat(json.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly("id", "topics", "type", "data", "time");
            assertThat(json.path("id").asText()).isEqualTo(id);
            assertThat(json.path("type").asText()).isEqualTo("greeting");
            assertThat(json.path("data").asText()).isEqualTo(data);
        }
    }

    @Test
    void absentTypeIsNullAndAbsentDataAreEmpty() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(Tokens.operator(), topic)) {
            publisher.publish(Map.of("topic", topic));
            JsonNode json = Streams.json(stream.next());
            assertThat(json.path("type").isNull()).isTrue();
            assertThat(json.path("data").textValue()).isEmpty();
        }
    }

    @Test
    void timeIsWhenTheHubAcceptedItInIso8601() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(Tokens.operator(), topic)) {
            Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            publisher.publish(topic, "x");
            Instant after = Instant.now();
            String time = Streams.json(stream.next()).path("time").asText();
            assertThat(time).endsWith("Z");
            assertThat(Instant.parse(time)).isBetween(before, after.plus(Duration.ofMillis(1)));
        }
    }

    @Test
    void replayedEventIsTheSameAsTheLiveOne() {
        String topic = Fresh.topic();
        try (StreamRecorder live = open(Tokens.operator(), topic)) {
            publisher.publish(topic, "x");
            try (StreamRecorder replayed =
                    Streams.open(request(Tokens.operator(), topic).after("earliest"))) {
                assertThat(replayed.next()).isEqualTo(live.next());
            }
        }
    }

    @Test
    void topicsAreThoseAskedFor() {
        String topic = Fresh.topic();
        List<String> asked = List.of(topic + "/b", topic + "/c/7");
        try (StreamRecorder stream = open(Tokens.operator(), topic + "/b", topic + "/c/{id}")) {
            publisher.publish(Map.of("topic", List.of(topic + "/a", asked.get(0), asked.get(1))));
            assertThat(topicsOf(stream.next())).isEqualTo(asked);
        }
    }

    @Test
    void asteriskShowsAllTopicsOfAPublicEvent() {
        List<String> topics = List.of(Fresh.topic(), Fresh.topic());
        try (StreamRecorder stream = open(Tokens.user(Fresh.user()), "*")) {
            publisher.publish(Map.of("topic", topics));
            assertThat(topicsOf(stream.next())).isEqualTo(topics);
        }
    }

    @Test
    void nobodyLearnsWhoElseAPrivateEventWentTo() {
        String user = Fresh.user();
        try (StreamRecorder inbox = open(Tokens.user(user), "/users/" + user, "/all");
                StreamRecorder everything = open(Tokens.user(user), "*")) {
            publisher.publish(Map.of("to", List.of(Fresh.user(), user, Fresh.user()), "msg", "x"));
            assertThat(topicsOf(inbox.next())).containsExactly("/users/" + user);
            assertThat(topicsOf(everything.next())).containsExactly("/users/" + user);
        }
    }

    /** Found when a template that the grant does not cover showed another topic of a private event. */
    @Test
    void templateThatIsNotGrantedShowsNoTopicOfAPrivateEvent() {
        String user = Fresh.user();
        String secret = Fresh.topic();
        try (StreamRecorder stream = open(Tokens.user(user), secret + "/{x}");
                StreamRecorder named = open(Tokens.user(user), secret + "/plan")) {
            publisher.publish(Map.of("topic", List.of("/users/" + user, secret + "/plan"), "msg", "x"));
            assertThat(topicsOf(stream.next())).containsExactly("/users/" + user);
            assertThat(topicsOf(named.next())).containsExactly("/users/" + user, secret + "/plan");
        }
    }

    @Test
    void openingIsThatOfEveryStream() {
        try (StreamRecorder stream = open(Tokens.operator(), Fresh.topic())) {
            assertThat(Streams.text(stream)).matches(":\nretry: 2000\nid: " + Streams.POSITION + "\n\n");
        }
    }

    @Test
    void gapKeepsItsType() {
        String topic = Fresh.topic();
        publisher.publish(topic, "held");
        String unknown = Fresh.id();
        try (StreamRecorder stream =
                Streams.open(request(Tokens.operator(), topic).after(unknown))) {
            Streams.oldestAfterGap(stream.next(), unknown);
            assertThat(Streams.json(stream.next()).path("data").asText()).isEqualTo("held");
        }
    }

    private static List<String> topicsOf(Block event) {
        var topics = new ArrayList<String>();
        Streams.json(event).path("topics").forEach(topic -> topics.add(topic.asText()));
        return topics;
    }

    private StreamRecorder open(Tokens token, String... topics) {
        return Streams.open(request(token, topics));
    }

    private StreamRequest request(Tokens token, String... topics) {
        return hub.stream(Streams.events(topics) + "&frame=json").with(token);
    }
}
