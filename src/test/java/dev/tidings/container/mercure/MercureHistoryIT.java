package dev.tidings.container.mercure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resuming as draft 07 of Mercure has it. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class MercureHistoryIT {

    private final String topic = Fresh.topic();
    private final String first = Fresh.id();
    private final Container hub;

    MercureHistoryIT(Container hub) {
        this.hub = hub;
    }

    @BeforeEach
    void publish() {
        Mercure.publish(hub, "topic", topic, "id", first, "data", "1");
        Mercure.publish(hub, "topic", topic, "data", "2");
        Mercure.publish(hub, "topic", topic, "data", "private", "private", "on");
        Mercure.publish(hub, "topic", topic, "data", "3");
    }

    @Test
    void everythingAfterTheIdInTheHeaderComes() {
        try (StreamRecorder stream = Mercure.open(request("").after(first))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(first);
            assertThat(Streams.data(stream, 3)).containsExactly("2", "private", "3");
            Mercure.publish(hub, "topic", topic, "data", "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    @Test
    void queryNamesTheIdWhereNoHeaderDoes() {
        try (StreamRecorder stream = Mercure.open(request("&lastEventID=" + first))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(first);
            assertThat(stream.next().data()).isEqualTo("2");
        }
        try (StreamRecorder stream =
                Mercure.open(request("&lastEventID=earliest").after(first))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(first);
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    /** As event-source-polyfill reconnects, to an address that still says where it began. */
    @Test
    void whatAPolyfillAddsWins() {
        try (StreamRecorder stream = Mercure.open(request("&lastEventID=earliest&lastEventId=" + first))) {
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    /** The first is what event-source-polyfill's README has its users set for Mercure. */
    @ParameterizedTest
    @ValueSource(strings = {"Last-Event-Id", "Last-Event-ID", "last_event_id"})
    void otherSpellingsAreHeard(String name) {
        try (StreamRecorder stream = Mercure.open(request("&" + name + "=" + first))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(first);
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    @Test
    void earliestIsAllThatIsHeld() {
        try (StreamRecorder stream = Mercure.open(request("&lastEventID=earliest"))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo("earliest");
            assertThat(Streams.data(stream, 4)).containsExactly("1", "2", "private", "3");
        }
    }

    /** Only the header says so: there is no event of the hub's own. */
    @Test
    void afterAnUnknownIdComesAllThatIsHeld() {
        try (StreamRecorder stream = Mercure.open(request("").after("never-published"))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo("earliest");
            assertThat(Streams.data(stream, 4)).containsExactly("1", "2", "private", "3");
            assertThat(Streams.text(stream)).doesNotContain("gap").doesNotContain("never-published");
        }
    }

    @Test
    void headersAreSilentWhereNothingIsResumed() {
        try (StreamRecorder stream = Mercure.open(request(""))) {
            assertThat(stream.head().headers()).doesNotContainKey("Last-Event-ID");
            Mercure.publish(hub, "topic", topic, "data", "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    @Test
    void privateEventsAreCheckedAgain() {
        StreamRequest stranger =
                Mercure.request(hub, Mercure.subscriber(), topic).after(first);
        try (StreamRecorder stream = Mercure.open(stranger)) {
            assertThat(Streams.data(stream, 2)).containsExactly("2", "3");
        }
    }

    @Test
    void idOfAnEventSomebodyMayNotHaveIsNotGivenAway() {
        String secret = Mercure.publish(hub, "topic", topic, "data", "secret", "private", "on");
        StreamRequest stranger =
                Mercure.request(hub, Mercure.subscriber(), topic).after("never-published");
        try (StreamRecorder stream = Mercure.open(stranger)) {
            Mercure.publish(hub, "topic", topic, "data", "end");
            assertThat(Streams.data(stream, 4)).containsExactly("1", "2", "3", "end");
            assertThat(Streams.text(stream) + stream.head().headers()).doesNotContain(secret);
        }
    }

    private StreamRequest request(String query) {
        return hub.stream(Mercure.hub(topic) + query).with(Tokens.operator());
    }
}
