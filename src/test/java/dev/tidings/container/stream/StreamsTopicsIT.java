package dev.tidings.container.stream;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which events a stream asks for. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class StreamsTopicsIT {

    private final Container hub;
    private final Publisher publisher;

    StreamsTopicsIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void exactTopicIsNoPrefix() {
        String topic = Fresh.topic();
        assertDelivers(
                List.of(topic), List.of(topic), List.of(topic + "/below", topic + "x", topic + "/", topic + "?"));
    }

    @Test
    void topicsAreComparedAsTheyAre() {
        String topic = Fresh.topic();
        assertDelivers(
                List.of(topic + "/a%2Fé"),
                List.of(topic + "/a%2Fé"),
                List.of(topic + "/a/é", topic + "/a%2fé", topic + "/A%2Fé", topic + "/a%2F%C3%A9"));
    }

    @Test
    void templateMatchesWhatItExpandsTo() {
        String topic = Fresh.topic();
        assertDelivers(
                List.of(topic + "/{id}/x"),
                List.of(topic + "/7/x", topic + "/a%2Fb/x", topic + "//x"),
                List.of(topic + "/7", topic + "/7/8/x", topic + "/7/x/"));
    }

    @Test
    void reservedExpansionMatchesSlashes() {
        String topic = Fresh.topic();
        assertDelivers(
                List.of(topic + "{+rest}"), List.of(topic, topic + "/7/8", topic + "?q"), List.of(Fresh.topic()));
    }

    @Test
    void queryExpansionMatchesQueries() {
        String topic = Fresh.topic();
        assertDelivers(List.of(topic + "{?page}"), List.of(topic + "?page=2"), List.of(topic + "?side=2"));
    }

    @Test
    void invalidTemplateIsAPlainString() {
        String topic = Fresh.topic();
        assertDelivers(List.of(topic + "/{id"), List.of(topic + "/{id"), List.of(topic + "/7"));
    }

    @Test
    void asteriskIsEverything() {
        assertDelivers(List.of("*"), List.of(Fresh.topic(), "https://example.com/" + Fresh.id()), List.of());
    }

    @Test
    void asteriskInsideATopicIsPlain() {
        String topic = Fresh.topic();
        assertDelivers(List.of(topic + "/*"), List.of(topic + "/*"), List.of(topic + "/x"));
    }

    @Test
    void eventWithSeveralTopicsComesOnceThoughSeveralSelectorsMatch() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = open(topic, topic + "/{id}", "*")) {
            publisher.publish(Map.of("topic", List.of(topic, topic + "/7", topic + "/8"), "msg", "once"));
            publisher.publish(topic, "marker");
            assertThat(Streams.data(stream, 2)).containsExactly("once", "marker");
            stream.assertExhausted();
        }
    }

    @Test
    void eventComesToWhoeverAsksForAnyOfItsTopics() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            publisher.publish(Map.of("topic", List.of(Fresh.topic(), topic), "msg", "second topic"));
            assertThat(stream.next().data()).isEqualTo("second topic");
        }
    }

    @Test
    void hundredTopicsArePossible() {
        String topic = Fresh.topic();
        String[] topics = numbered(topic, 100);
        assertDelivers(List.of(topics), List.of(topics[0], topics[99]), List.of(topic));
    }

    @Test
    void moreThanAHundredTopicsAreRefused() {
        assertProblem(get(Streams.events(numbered(Fresh.topic(), 101))), 400, "topic", "100");
    }

    @Test
    void sixteenVariablesArePossible() {
        String topic = Fresh.topic();
        String letters = "abcdefghijklmnop";
        String template = letters.chars().mapToObj(c -> "/{" + (char) c + "}").collect(Collectors.joining());
        String value = letters.chars().mapToObj(c -> "/" + c).collect(Collectors.joining());
        assertDelivers(List.of(topic + template), List.of(topic + value), List.of(topic));
    }

    @Test
    void moreThanSixteenVariablesAreRefused() {
        assertProblem(get(Streams.events("/{a,b,c,d,e,f,g,h}/{i,j,k,l,m,n,o,p,q}")), 400, "topic", "16");
    }

    @Test
    void selectorOfTwoKibibytesIsPossible() {
        String topic = Fresh.topic() + "/";
        String longest = topic + "é".repeat((2048 - topic.length()) / 2) + "x".repeat(topic.length() % 2);
        assertDelivers(List.of(longest), List.of(longest), List.of());
    }

    @Test
    void longerSelectorIsRefused() {
        assertProblem(get(Streams.events("x".repeat(2049))), 400, "topic", "2048");
    }

    @Test
    void emptyTopicIsRefused() {
        assertProblem(get(Streams.events("")), 400, "topic", "empty");
    }

    @Test
    void emptyTopicAmongOthersIsRefused() {
        assertProblem(get(Streams.events(Fresh.topic(), "")), 400, "topic", "empty");
    }

    @Test
    void controlCharacterInATopicIsRefused() {
        assertProblem(get(Streams.events("/a\nb")), 400, "topic", "U+000A");
    }

    private Answer get(String target) {
        return Requests.get(hub, target, "Authorization: " + Tokens.operator().bearer());
    }

    /** A stream of these selectors gets public events of all those topics, in order, and of the others none. */
    private void assertDelivers(List<String> selectors, List<String> matching, List<String> others) {
        try (StreamRecorder stream = open(selectors.toArray(String[]::new))) {
            Stream.concat(others.stream(), matching.stream()).forEach(topic -> publisher.publish(topic, topic));
            assertThat(Streams.data(stream, matching.size())).isEqualTo(matching);
            stream.assertExhausted();
        }
    }

    /** A stream of somebody who is not told of clients, as whoever asks for everything and may have it is. */
    private StreamRecorder open(String... topics) {
        return Streams.open(hub.stream(Streams.events(topics)).with(Tokens.user(Fresh.user())));
    }

    private static String[] numbered(String topic, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> topic + "/" + i).toArray(String[]::new);
    }
}
