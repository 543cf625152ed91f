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
import dev.tidings.testing.Tokens;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A publisher's own id is a place to resume from, and survives both ways to the byte. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class ResumeIdsIT {

    private final String topic = Fresh.topic();
    private final Container hub;

    ResumeIdsIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "größer",
                "Ελλάδα",
                "20 €",
                "日本語",
                "😀",
                "à",
                "Å",
                "\u00A0",
                "a b  c",
                "a+b%20c%",
                "\"quoted\", 'and' <more>; x=\\y",
                "null",
                "0",
                "*"
            })
    void headerCarriesTheIdAsUtf8BothWays(String id) {
        publish(id);
        try (StreamRecorder stream = Streams.open(Streams.request(hub, topic).after(unique(id)))) {
            assertResumed(stream, id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"größer 😀", "a+b%20c%&d=e;f#g"})
    void queryCarriesTheIdPercentEncoded(String id) {
        publish(id);
        String target = Streams.events(topic) + "&lastEventID=" + Streams.encode(unique(id));
        try (StreamRecorder stream = Streams.open(hub.stream(target).with(Tokens.operator()))) {
            assertResumed(stream, id);
        }
    }

    @Test
    void repeatedIdIsThePlaceOfTheFirst() {
        String id = Fresh.id();
        Publisher publisher = Publisher.to(hub);
        publisher.publish(Map.of("topic", topic, "msg", "first", "id", id));
        publisher.publish(topic, "between");
        publisher.publish(Map.of("topic", topic, "msg", "again", "id", id));
        try (StreamRecorder stream = Streams.open(Streams.request(hub, topic).after(id))) {
            assertThat(Streams.data(stream, 2)).containsExactly("between", "again");
            stream.assertExhausted();
        }
    }

    private void publish(String id) {
        Publisher publisher = Publisher.to(hub);
        assertThat(publisher.publish(Map.of("topic", topic, "msg", "1", "id", unique(id))))
                .isEqualTo(unique(id));
        publisher.publish(topic, "2");
    }

    private void assertResumed(StreamRecorder stream, String id) {
        assertThat(stream.head().headers("Last-Event-ID")).containsExactly(unique(id));
        assertThat(stream.lastEventId()).isEqualTo(unique(id));
        assertThat(stream.next().data()).isEqualTo("2");
    }

    /** The id at both ends of what makes it this test's own, since ends are where headers lose something. */
    private String unique(String id) {
        return id + topic + id;
    }
}
