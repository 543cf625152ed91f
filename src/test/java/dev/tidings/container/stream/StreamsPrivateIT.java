package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who gets private events. Whoever does not must get the public marker that follows them as the next event. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class StreamsPrivateIT {

    private final Container hub;
    private final Publisher publisher;

    StreamsPrivateIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void publicEventNeedsNoGrant() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(granted(), topic)) {
            publisher.publish(topic, "public");
            assertThat(stream.next().data()).isEqualTo("public");
        }
    }

    @Test
    void privateEventComesToWhoeverIsGrantedItsTopic() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(granted(topic), topic)) {
            publishPrivate(topic);
            assertThat(stream.next().data()).isEqualTo("private");
        }
    }

    @Test
    void privateEventDoesNotComeWithoutAGrant() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(granted(Fresh.topic()), topic)) {
            publishPrivate(topic);
            assertMarkerIsNext(stream, topic);
        }
    }

    @Test
    void grantOfATemplateCoversItsTopics() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(granted(topic + "/{id}"), "*")) {
            publishPrivate(topic + "/7/8");
            publishPrivate(topic + "/7");
            assertThat(stream.next().data()).isEqualTo("private");
            assertMarkerIsNext(stream, topic);
        }
    }

    @Test
    void anyOfItsTopicsMayBeTheGrantedOneAndAnyTheOneAskedFor() {
        String asked = Fresh.topic();
        String granted = Fresh.topic();
        try (StreamRecorder stream = open(granted(granted), asked)) {
            publishPrivate(asked, granted);
            assertThat(stream.next().data()).isEqualTo("private");
        }
    }

    @Test
    void grantedEventNobodyAskedForDoesNotCome() {
        String asked = Fresh.topic();
        String granted = Fresh.topic();
        try (StreamRecorder stream = open(granted(granted), asked)) {
            publishPrivate(granted);
            assertMarkerIsNext(stream, asked);
        }
    }

    @Test
    void grantOfPublishingIsNoneOfSubscribing() {
        String topic = Fresh.topic();
        Tokens token = Tokens.grant(Fresh.user(), List.of("*"), List.of());
        try (StreamRecorder stream = open(token, topic)) {
            publishPrivate(topic);
            assertMarkerIsNext(stream, topic);
        }
    }

    @Test
    void whateverGoesToAUserIsPrivate() {
        String user = Fresh.user();
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(granted(topic), topic, "/users/" + user, "*")) {
            publisher.publish(Map.of("topic", "/users/" + user, "msg", "x", "private", false));
            assertMarkerIsNext(stream, topic);
        }
    }

    @Test
    void eventWithOneTopicUnderUsersIsPrivateOnAllOfThem() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(granted(), topic)) {
            publisher.publish(Map.of("topic", List.of(topic, "/users/" + Fresh.user()), "msg", "x"));
            assertMarkerIsNext(stream, topic);
        }
    }

    @Test
    void privateEventsAreCheckedAgainWhenTheyAreReplayed() {
        String topic = Fresh.topic();
        publishPrivate(topic);
        publisher.publish(topic, "public");
        try (StreamRecorder granted =
                        Streams.open(request(granted(topic), topic).after("earliest"));
                StreamRecorder other = Streams.open(request(granted(), topic).after("earliest"))) {
            assertThat(Streams.data(granted, 2)).containsExactly("private", "public");
            assertThat(other.next().data()).isEqualTo("public");
        }
    }

    @Test
    void idThatAPublisherGaveAPrivateEventIsToldToNobodyWhoMayNotHaveIt() {
        String topic = Fresh.topic();
        publishPrivateWithId(topic);
        try (StreamRecorder fresh = open(granted(), topic);
                StreamRecorder resumed = Streams.open(request(granted(), topic).after("earliest"));
                StreamRecorder lost = Streams.open(request(granted(), topic).after(Fresh.id()))) {
            publishPrivateWithId(topic);
            publisher.publishNumbers(Fresh.topic(), 1_000);
            publishPrivateWithId(topic);
            publisher.publish(topic, "marker");
            for (StreamRecorder stream : List.of(fresh, resumed, lost)) {
                while (!"marker".equals(stream.next().data())) {
                    // A gap, on the one that lost its place.
                }
                assertThat(Streams.text(stream)).doesNotContain("secret");
                assertThat(stream.head().headers().toString()).doesNotContain("secret");
            }
        }
    }

    private void publishPrivateWithId(String topic) {
        publisher.publish(Map.of("topic", topic, "msg", "x", "private", true, "id", "secret-" + Fresh.id()));
    }

    private void publishPrivate(String... topics) {
        publisher.publish(Map.of("topic", Arrays.asList(topics), "msg", "private", "private", true));
    }

    private void assertMarkerIsNext(StreamRecorder stream, String topic) {
        publisher.publish(topic, "marker");
        assertThat(stream.next().data()).isEqualTo("marker");
        stream.assertExhausted();
    }

    private static Tokens granted(String... selectors) {
        return Tokens.grant(Fresh.user(), List.of(), List.of(selectors));
    }

    private StreamRecorder open(Tokens token, String... topics) {
        return Streams.open(request(token, topics));
    }

    private StreamRequest request(Tokens token, String... topics) {
        return hub.stream(Streams.events(topics)).with(token);
    }
}
