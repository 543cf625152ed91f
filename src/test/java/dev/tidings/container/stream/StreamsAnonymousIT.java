package dev.tidings.container.stream;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Streams without a token, where the hub is configured to open them. */
@ConfiguredHub
class StreamsAnonymousIT {

    private final String topic = Fresh.topic();
    private final Container hub;
    private final Publisher publisher;

    StreamsAnonymousIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void publicEventsComeWithoutAToken() {
        try (StreamRecorder stream = Streams.open(request(topic))) {
            publisher.publish(topic, "public");
            assertThat(stream.next().data()).isEqualTo("public");
        }
    }

    @Test
    void privateEventsDoNot() {
        String user = Fresh.user();
        try (StreamRecorder stream = Streams.open(request("*"))) {
            publisher.publish(Map.of("topic", topic, "msg", "private", "private", true));
            publisher.publish(Map.of("to", user, "msg", "for a user"));
            publisher.publish(topic, "public");
            assertThat(stream.next().data()).isEqualTo("public");
            stream.assertExhausted();
        }
    }

    @Test
    void privateEventsAreNotReplayedEither() {
        publisher.publish(Map.of("topic", topic, "msg", "private", "private", true));
        publisher.publish(topic, "public");
        try (StreamRecorder stream = Streams.open(request(topic).after("earliest"))) {
            assertThat(stream.next().data()).isEqualTo("public");
            stream.assertExhausted();
        }
    }

    @Test
    void topicsHaveToBeNamed() {
        assertProblem(Requests.get(hub, "/events"), 400, "topic");
    }

    @Test
    void topicAndLastEventIdMayBothStandInTheAddress() {
        publisher.publish(topic, "held");
        StreamRequest request = hub.stream(Streams.events(topic) + "&lastEventID=earliest");
        try (StreamRecorder stream = Streams.open(request)) {
            assertThat(stream.next().data()).isEqualTo("held");
        }
    }

    @Test
    void badTokenIsRefusedEvenSo() {
        String expired =
                Tokens.user(Fresh.user()).expiring(Duration.ofHours(-1)).jwt();
        String target = Streams.events(topic);
        assertProblem(Requests.get(hub, target, "Authorization: Bearer " + expired), 401, "expired");
        assertProblem(Requests.get(hub, target + "&token=" + expired), 401, "expired");
    }

    @Test
    void anotherSchemeThanBearerIsNoToken() {
        StreamRequest request = request(topic).header("Authorization", "Basic YWxpY2U6c2VjcmV0");
        try (StreamRecorder stream = request.open()) {
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void goodTokenBringsItsPrivateEvents() {
        Tokens token = Tokens.grant(Fresh.user(), List.of(), List.of(topic));
        try (StreamRecorder stream = Streams.open(request(topic).with(token))) {
            publisher.publish(Map.of("topic", topic, "msg", "private", "private", true));
            assertThat(stream.next().data()).isEqualTo("private");
        }
    }

    @Test
    void nobodyPublishesWithoutAToken() {
        Answer answer = Requests.send("POST", hub, "/msg?topic=" + topic + "&msg=x", "Content-Type: text/plain");
        assertProblem(answer, 401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    private StreamRequest request(String... topics) {
        return hub.stream(Streams.events(topics));
    }
}
