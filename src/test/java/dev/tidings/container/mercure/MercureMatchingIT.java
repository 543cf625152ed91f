package dev.tidings.container.mercure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets what by draft 07 of Mercure: topic selectors, private events. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class MercureMatchingIT {

    private final String topic = "https://example.com" + Fresh.topic();
    private final Container hub;

    MercureMatchingIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void topicMatchesItself() {
        assertThat(received(topic, topic)).isTrue();
        assertThat(received(topic, topic + "/x")).isFalse();
    }

    @Test
    void starMatchesEverything() {
        assertThat(received("*", topic)).isTrue();
    }

    @Test
    void templateMatchesItsExpansions() {
        assertThat(received(topic + "/{id}", topic + "/7")).isTrue();
        assertThat(received(topic + "/{id}", topic + "/7/8")).isFalse();
        assertThat(received(topic + "{?a,b}", topic + "?a=1&b=2")).isTrue();
    }

    @Test
    void templateMatchesATopicThatLooksJustLikeIt() {
        assertThat(received(topic + "/{id}", topic + "/{id}")).isTrue();
    }

    @Test
    void invalidTemplateIsATextLikeAnyOther() {
        assertThat(received(topic + "/{", topic + "/{")).isTrue();
        assertThat(received(topic + "/{", topic + "/x")).isFalse();
    }

    @Test
    void alternateTopicsMatchLikeTheCanonicalOne() {
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            Mercure.publish(hub, "topic", topic + "/canonical", "topic", topic, "data", "x");
            assertThat(stream.next().data()).isEqualTo("x");
        }
    }

    @Test
    void eventThatMatchesTwiceComesOnce() {
        try (StreamRecorder stream = Mercure.open(hub, topic, topic + "{/x}", "*")) {
            Mercure.publish(hub, "topic", topic, "topic", topic + "/1", "data", "once");
            Mercure.publish(hub, "topic", topic, "data", "end");
            assertThat(data(stream)).isEqualTo("once");
            assertThat(data(stream)).isEqualTo("end");
        }
    }

    @Test
    void privateEventNeedsAGrant() {
        try (StreamRecorder stranger = Mercure.open(Mercure.request(hub, Mercure.subscriber("/other"), topic));
                StreamRecorder friend = Mercure.open(Mercure.request(hub, Mercure.subscriber(topic), topic))) {
            Mercure.publish(hub, "topic", topic, "data", "private", "private", "on");
            Mercure.publish(hub, "topic", topic, "data", "public");
            assertThat(stranger.next().data()).isEqualTo("public");
            assertThat(friend.next().data()).isEqualTo("private");
        }
    }

    /** The draft's own example: books of which somebody may read some. */
    @Test
    void topicAskedForAndTopicGrantedMayDiffer() {
        String books = topic + "/books/{id}";
        String granted = topic + "/users/foo/{?topic}";
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Mercure.subscriber(granted), books))) {
            String book = topic + "/books/1";
            Mercure.publish(hub, "topic", topic + "/books/2", "data", "not hers", "private", "on");
            Mercure.publish(
                    hub,
                    "topic",
                    book,
                    "topic",
                    topic + "/users/foo/?topic=" + Streams.encode(book),
                    "data",
                    "hers",
                    "private",
                    "on");
            assertThat(stream.next().data()).isEqualTo("hers");
        }
    }

    @Test
    void grantAloneBringsNothingThatWasNotAskedFor() {
        Tokens all = Tokens.grant(Fresh.user(), List.of(), List.of("*"));
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, all, topic))) {
            Mercure.publish(hub, "topic", topic + "/other", "data", "other", "private", "on");
            Mercure.publish(hub, "topic", topic, "data", "asked for", "private", "on");
            assertThat(stream.next().data()).isEqualTo("asked for");
        }
    }

    /** Whether a subscriber to this selector gets what is published on that topic. */
    private boolean received(String selector, String published) {
        try (StreamRecorder stream = Mercure.open(hub, selector, topic + "/end")) {
            Mercure.publish(hub, "topic", published, "data", "event of " + topic);
            Mercure.publish(hub, "topic", topic + "/end", "data", "end of " + topic);
            return data(stream).startsWith("event");
        }
    }

    /** The data of the next event of this test's own. */
    private String data(StreamRecorder stream) {
        String data;
        do {
            data = stream.next().data();
        } while (data.startsWith("{"));
        return data;
    }
}
