package dev.tidings.container.stream;

import static dev.tidings.container.Streams.POSITION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfHttp11;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a stream opens, and that it delivers from then on. */
@OfTheDoors
@EveryContainer
class StreamsIT {

    /** What containers add by themselves. */
    private static final List<String> CONTAINERS_OWN = List.of("date", "server", "transfer-encoding");

    private final Container hub;
    private final Publisher publisher;

    StreamsIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void streamHasTheseHeadersAndNoOthers() {
        try (StreamRecorder stream = Streams.request(hub, Fresh.topic()).open()) {
            assertThat(stream.status()).isEqualTo(200);
            assertIsStream(stream.head());
        }
    }

    /** HTTP/2 has frames. */
    @OfHttp11
    @Test
    void streamComesInChunks() {
        try (StreamRecorder stream = Streams.request(hub, Fresh.topic()).open()) {
            assertThat(stream.head().headers("Transfer-Encoding")).containsExactly("chunked");
        }
    }

    @Test
    void streamIsNotCompressedForThoseWhoAcceptIt() {
        try (StreamRecorder stream = Streams.request(hub, Fresh.topic())
                .header("Accept-Encoding", "gzip, deflate, br")
                .open()) {
            assertIsStream(stream.head());
            assertThat(stream.nextBlock().lines()).hasSize(3).startsWith(":", "retry: 2000");
        }
    }

    @Test
    void commentRetryAndPositionComeAtOnceWithoutAnyEvent() {
        try (StreamRecorder stream = Streams.open(hub, Fresh.topic())) {
            assertThat(Streams.text(stream)).matches(":\nretry: 2000\nid: " + POSITION + "\n\n");
        }
    }

    @Test
    void freshStreamIsPrimedWithTheLogsEnd() {
        String end = publisher.publish(Fresh.topic(), "the newest event");
        try (StreamRecorder stream = Streams.open(hub, Fresh.topic())) {
            assertThat(stream.lastEventId()).isEqualTo(end);
        }
    }

    @Test
    void freshStreamIsPrimedWithAPositionAndNeverWithAPublishersId() {
        String topic = Fresh.topic();
        publisher.publish(Map.of("topic", topic, "id", Fresh.id()));
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            assertThat(stream.lastEventId()).matches(POSITION);
        }
    }

    @Test
    void freshStreamBeginsWithWhatIsPublishedFromThenOn() {
        String topic = Fresh.topic();
        publisher.publish(topic, "before");
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            publisher.publish(topic, "after");
            assertThat(stream.next().data()).isEqualTo("after");
            stream.assertExhausted();
        }
    }

    @Test
    void whatIsPublishedAfterTheHeadersArrivedIsDelivered() {
        for (int i = 0; i < 50; i++) {
            String topic = Fresh.topic();
            try (StreamRecorder stream = Streams.request(hub, topic).open()) {
                String id = publisher.publish(topic, "first");
                assertThat(stream.next().id()).isEqualTo(id);
            }
        }
    }

    @Test
    void eventHasTheIdThatItsPublisherWasAnswered() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            String id = publisher.publish(topic, "x");
            assertThat(id).matches(POSITION);
            assertThat(stream.next().id()).isEqualTo(id);
        }
    }

    @Test
    void eventsFromAnotherTopicDoNotCome() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            publisher.publish(Fresh.topic(), "foreign");
            publisher.publish(topic, "own");
            assertThat(stream.next().data()).isEqualTo("own");
            stream.assertExhausted();
        }
    }

    @Test
    void everyStreamOfATopicGetsItsEvents() {
        String topic = Fresh.topic();
        try (StreamRecorder one = Streams.open(hub, topic);
                StreamRecorder other = Streams.open(hub, topic)) {
            publisher.publish(topic, "for both");
            assertThat(List.of(one.next(), other.next()))
                    .extracting(Block::data)
                    .containsExactly("for both", "for both");
        }
    }

    @Test
    void headHasTheHeadersOfAStreamAndLeavesTheConnectionFree() {
        try (RawClient client = hub.connect()) {
            String headers = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                    + Tokens.operator().bearer() + "\r\n\r\n";
            client.send("HEAD " + Streams.events(Fresh.topic()) + headers);
            ResponseHead head = client.head();
            assertThat(head.status()).isEqualTo(200);
            assertIsStream(head);
            ResponseHead next = client.send("GET /health" + headers).head();
            assertThat(client.text(next)).isEqualTo("{\"status\":\"ok\"}\n");
        }
    }

    @Test
    void headIsRefusedWhereAStreamWouldBe() {
        assertThat(Requests.send("HEAD", hub, Streams.events(Fresh.topic())).status())
                .isEqualTo(401);
        assertThat(Requests.send("HEAD", hub, "/events?topic=", auth()).status())
                .isEqualTo(400);
    }

    private static String auth() {
        return "Authorization: " + Tokens.operator().bearer();
    }

    private static void assertIsStream(ResponseHead head) {
        assertThat(head.header("Content-Type")).isEqualToIgnoringCase("text/event-stream;charset=utf-8");
        assertThat(head.headers("Cache-Control")).containsExactly("no-cache, no-transform, private");
        assertThat(head.headers("Vary")).containsExactly("Origin");
        assertThat(head.headers("X-Accel-Buffering")).containsExactly("no");
        assertThat(head.headers("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(head.headers().keySet())
                .extracting(name -> name.toLowerCase(Locale.ROOT))
                .filteredOn(name -> !CONTAINERS_OWN.contains(name))
                .containsExactlyInAnyOrder(
                        "content-type", "cache-control", "vary", "x-accel-buffering", "x-content-type-options");
    }
}
