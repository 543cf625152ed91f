package dev.tidings.container.stream;

import static dev.tidings.container.Streams.POSITION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream goes on after an id that the hub still holds. */
@OfTheDoors
@EveryContainer
class ResumeIT {

    private final String topic = Fresh.topic();
    private final Container hub;
    private final Publisher publisher;

    ResumeIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void everythingAfterTheIdComesAndThenWhatIsLive() {
        List<String> ids = publisher.publishNumbers(topic, 4);
        try (StreamRecorder stream = Streams.open(after(ids.get(1)))) {
            publisher.publish(topic, "live");
            assertThat(Streams.data(stream, 3)).containsExactly("3", "4", "live");
            stream.assertExhausted();
        }
    }

    @Test
    void responseAndFirstIdAreTheIdAskedFor() {
        String id = publisher.publish(topic, "1");
        publisher.publish(topic, "2");
        try (StreamRecorder stream = Streams.open(after(id))) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly(id);
            assertThat(Streams.text(stream)).startsWith(":\nretry: 2000\nid: " + id + "\n\n");
        }
    }

    @Test
    void afterTheNewestIdOnlyWhatIsLiveComes() {
        List<String> ids = publisher.publishNumbers(topic, 2);
        try (StreamRecorder stream = Streams.open(after(ids.get(1)))) {
            assertThat(stream.lastEventId()).isEqualTo(ids.get(1));
            publisher.publish(topic, "live");
            assertThat(stream.next().data()).isEqualTo("live");
            stream.assertExhausted();
        }
    }

    @Test
    void positionThatPrimedAStreamIsWhereTheNextGoesOn() {
        String primed;
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            primed = stream.lastEventId();
        }
        publisher.publishNumbers(topic, 2);
        try (StreamRecorder stream = Streams.open(after(primed))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(primed);
            assertThat(Streams.data(stream, 2)).containsExactly("1", "2");
        }
    }

    @Test
    void idOfAnEventOnAnotherTopicIsAPlaceAsGood() {
        publisher.publish(topic, "before");
        String elsewhere = publisher.publish(Fresh.topic(), "elsewhere");
        publisher.publish(topic, "after");
        try (StreamRecorder stream = Streams.open(after(elsewhere))) {
            assertThat(stream.next().data()).isEqualTo("after");
        }
    }

    @Test
    void queryMayNameTheId() {
        String id = publisher.publishNumbers(topic, 2).get(0);
        try (StreamRecorder stream = Streams.open(asking("lastEventID", id))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(id);
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    /** As browsers spell the property, event-source-polyfill's README the setting for Mercure, and newer drafts the field. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lastEventId",
                "LASTEVENTID",
                "last-event-id",
                "Last-Event-ID",
                "Last-Event-Id",
                "last_event_id",
                "Last_Event_Id"
            })
    void queryMaySpellItAsClientsDo(String name) {
        String id = publisher.publishNumbers(topic, 2).get(0);
        try (StreamRecorder stream = Streams.open(asking(name, id))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(id);
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @CsvSource({"lastEventID, lastEventID", "lastEventId, lastEventID", "lastEventID, last_event_id"})
    void ofSeveralTheLastCounts(String first, String second) {
        List<String> ids = publisher.publishNumbers(topic, 3);
        String query = "&%s=%s&%s=%s".formatted(first, Streams.encode(ids.get(0)), second, Streams.encode(ids.get(1)));
        StreamRequest request = hub.stream(Streams.events(topic) + query).with(Tokens.operator());
        try (StreamRecorder stream = Streams.open(request)) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(ids.get(1));
            assertThat(stream.next().data()).isEqualTo("3");
        }
    }

    @Test
    void headerWinsOverTheQuery() {
        List<String> ids = publisher.publishNumbers(topic, 3);
        try (StreamRecorder stream =
                Streams.open(asking("lastEventID", ids.get(0)).after(ids.get(1)))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(ids.get(1));
            assertThat(stream.next().data()).isEqualTo("3");
        }
    }

    @Test
    void emptyIdIsNone() {
        publisher.publish(topic, "before");
        try (StreamRecorder stream = Streams.open(asking("lastEventID", ""))) {
            assertThat(stream.head().headers("Last-Event-ID")).isEmpty();
            publisher.publish(topic, "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    @Test
    void earliestIsAllThatIsHeldAndThenWhatIsLive() {
        publisher.publishNumbers(topic, 3);
        try (StreamRecorder stream = Streams.open(after("earliest"))) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly("earliest");
            publisher.publish(topic, "live");
            assertThat(Streams.data(stream, 4)).containsExactly("1", "2", "3", "live");
            stream.assertExhausted();
        }
    }

    @Test
    void earliestIsPrimedWithAPositionThatIsAsGood() {
        publisher.publishNumbers(topic, 2);
        String primed;
        try (StreamRecorder stream = Streams.open(asking("lastEventID", "earliest"))) {
            primed = stream.lastEventId();
        }
        assertThat(primed).matches(POSITION);
        try (StreamRecorder stream = Streams.open(after(primed))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(primed);
            assertThat(Streams.data(stream, 2)).containsExactly("1", "2");
        }
    }

    @Test
    void headSaysWhereAStreamWouldBegin() {
        String id = publisher.publish(topic, "1");
        String authorization = "Authorization: " + Tokens.operator().bearer();
        for (String[] expected : new String[][] {{id, id}, {Fresh.id(), "earliest"}}) {
            Answer answer =
                    Requests.send("HEAD", hub, Streams.events(topic), authorization, "Last-Event-ID: " + expected[0]);
            assertThat(answer.header("Last-Event-ID")).isEqualTo(expected[1]);
        }
    }

    @Test
    void selectorsMayBeOthersThanBefore() {
        String other = Fresh.topic();
        String id = publisher.publish(topic, "1");
        publisher.publish(other, "2");
        try (StreamRecorder stream = Streams.open(Streams.request(hub, other).after(id))) {
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    @Test
    void userGoesOnInTheInbox() {
        String user = Fresh.user();
        String id = publisher.publish(Map.of("to", user, "msg", "1"));
        publisher.publish(Map.of("to", Fresh.user(), "msg", "for another"));
        publisher.publish(Map.of("to", user, "msg", "2"));
        try (StreamRecorder stream =
                Streams.open(hub.stream("/events").with(Tokens.user(user)).after(id))) {
            assertThat(stream.next().data()).isEqualTo("2");
            stream.assertExhausted();
        }
    }

    private StreamRequest after(String id) {
        return Streams.request(hub, topic).after(id);
    }

    private StreamRequest asking(String field, String id) {
        return hub.stream(Streams.events(topic) + "&" + field + "=" + Streams.encode(id))
                .with(Tokens.operator());
    }
}
