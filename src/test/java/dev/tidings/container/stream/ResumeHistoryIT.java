package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.OwnContainers;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Resuming from what history, here of five events, holds no more. */
@ParameterizedClass
@MethodSource("containers")
class ResumeHistoryIT {

    private final String topic = Fresh.topic();
    private final Container hub;
    private final Publisher publisher;

    ResumeHistoryIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    static Stream<Container> containers() {
        return OwnContainers.of(ContainerKind.JETTY, spec -> spec.set("tidings.history.events", "5"));
    }

    @Test
    void gapNamesTheOldestEventHeldWhichComesNext() {
        List<String> ids = publisher.publishNumbers(topic, 8);
        try (StreamRecorder stream = Streams.open(after(ids.get(0)))) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly("earliest");
            assertThat(Streams.oldestAfterGap(stream.next(), ids.get(0))).isEqualTo(ids.get(3));
            assertThat(Streams.data(stream, 5)).containsExactly("4", "5", "6", "7", "8");
            stream.assertExhausted();
        }
    }

    @Test
    void oldestIsAPositionThoughItsPublisherGaveAnId() {
        String evicted = publisher.publish(Map.of("topic", topic, "id", Fresh.id()));
        for (int number = 1; number <= 5; number++) {
            publisher.publish(Map.of("topic", topic, "msg", number, "id", Fresh.id()));
        }
        String oldest;
        try (StreamRecorder stream = Streams.open(after(evicted))) {
            oldest = Streams.oldestAfterGap(stream.next(), evicted);
        }
        try (StreamRecorder stream = Streams.open(after(oldest))) {
            assertThat(Streams.data(stream, 4)).containsExactly("2", "3", "4", "5");
            stream.assertExhausted();
        }
    }

    @Test
    void oldestIsThatOfTheLogThoughItIsOnAnotherTopic() {
        publisher.publishNumbers(topic, 3);
        List<String> ids = publisher.publishNumbers(Fresh.topic(), 5);
        String unknown = Fresh.id();
        try (StreamRecorder stream = Streams.open(after(unknown))) {
            assertThat(Streams.oldestAfterGap(stream.next(), unknown)).isEqualTo(ids.get(0));
            publisher.publish(topic, "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    @Test
    void eventThatIsHeldNoMoreIsStillAPlaceWhileAllAfterItIsHeld() {
        List<String> ids = publisher.publishNumbers(topic, 8);
        try (StreamRecorder stream = Streams.open(after(ids.get(2)))) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly(ids.get(2));
            assertThat(Streams.data(stream, 5)).containsExactly("4", "5", "6", "7", "8");
        }
    }

    @Test
    void positionThatPrimedAfterAGapIsAPlaceWithoutOne() {
        publisher.publishNumbers(topic, 8);
        String primed;
        try (StreamRecorder stream = Streams.open(after(Fresh.id()))) {
            primed = stream.lastEventId();
        }
        try (StreamRecorder stream = Streams.open(after(primed))) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly(primed);
            assertThat(Streams.data(stream, 5)).containsExactly("4", "5", "6", "7", "8");
        }
    }

    @Test
    void publishersIdGoesWithItsEvent() {
        String id = publisher.publish(Map.of("topic", topic, "id", Fresh.id()));
        publisher.publishNumbers(topic, 5);
        try (StreamRecorder stream = Streams.open(after(id))) {
            Streams.oldestAfterGap(stream.next(), id);
            assertThat(Streams.data(stream, 5)).containsExactly("1", "2", "3", "4", "5");
        }
    }

    @Test
    void repeatedIdIsThePlaceOfTheFirstStillHeld() {
        String id = Fresh.id();
        publisher.publish(Map.of("topic", topic, "msg", "gone", "id", id));
        publisher.publishNumbers(topic, 2);
        publisher.publish(Map.of("topic", topic, "msg", "held", "id", id));
        publisher.publish(topic, "next");
        publisher.publish(Map.of("topic", topic, "msg", "again", "id", id));
        try (StreamRecorder stream = Streams.open(after(id))) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly(id);
            assertThat(Streams.data(stream, 2)).containsExactly("next", "again");
            stream.assertExhausted();
        }
    }

    @Test
    void earliestIsWhatIsHeldAndNoGap() {
        publisher.publishNumbers(topic, 8);
        try (StreamRecorder stream = Streams.open(after("earliest"))) {
            assertThat(Streams.data(stream, 5)).containsExactly("4", "5", "6", "7", "8");
            stream.assertExhausted();
        }
    }

    @Test
    void liveStreamGetsMoreThanHistoryHolds() {
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            publisher.publishNumbers(topic, 200);
            assertThat(Streams.data(stream, 200)).startsWith("1", "2").endsWith("199", "200");
        }
    }

    private StreamRequest after(String id) {
        return Streams.request(hub, topic).after(id);
    }
}
