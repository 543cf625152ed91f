package dev.tidings.container.stream;

import static dev.tidings.container.Streams.POSITION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a stream is sent when it is idle. */
@OfTheDoors
@EveryContainer(settings = "tidings.heartbeat=200ms")
class StreamsHeartbeatIT {

    private static final Duration HEARTBEAT = Duration.ofMillis(200);
    private static final int EVENTS = 10;

    private final String topic = Fresh.topic();
    private final Container hub;
    private final Publisher publisher;

    StreamsHeartbeatIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void idleStreamIsSentACommentAndItsPosition() {
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            String primed = stream.lastEventId();
            stream.nextBlock();
            stream.nextBlock();
            String beat = ":\nid: " + primed + "\n\n";
            assertThat(Streams.textAfterOpening(stream)).startsWith(beat + beat);
        }
    }

    @Test
    void quietStreamBesideABusyTopicHearsOfTheFreshPosition() {
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            awaitHeartbeat(stream, publisher.publish(Fresh.topic(), "not for it"));
            stream.assertExhausted();
        }
    }

    @Test
    void positionOfAHeartbeatIsAPlaceToResumeFrom() {
        String reached = publisher.publish(Fresh.topic(), "not for it");
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            awaitHeartbeat(stream, reached);
        }
        publisher.publish(topic, "while away");
        try (StreamRecorder stream = Streams.open(Streams.request(hub, topic).after(reached))) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(reached);
            assertThat(stream.next().data()).isEqualTo("while away");
            stream.assertExhausted();
        }
    }

    @Test
    void heartbeatAfterAnEventWithAPublishersIdIsAPosition() {
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            String id = publisher.publish(Map.of("topic", topic, "msg", "x", "id", Fresh.id()));
            assertThat(stream.next().id()).isEqualTo(id);
            assertThat(heartbeat(stream).id()).matches(POSITION);
        }
    }

    @Test
    void privateEventThatIsNotForItMovesThePositionToo() {
        Tokens stranger = Tokens.user(Fresh.user());
        try (StreamRecorder stream =
                Streams.open(hub.stream(Streams.events(topic)).with(stranger))) {
            awaitHeartbeat(stream, publisher.publish(Map.of("topic", topic, "msg", "x", "private", true)));
            stream.assertExhausted();
        }
    }

    @Test
    void trafficResetsTheTimer() {
        long begun = System.nanoTime();
        long before = begun;
        long pauses = 0;
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            while (before - begun < HEARTBEAT.multipliedBy(5).toNanos()) {
                long former = before;
                before = System.nanoTime();
                publisher.publish(topic, "traffic");
                stream.next();
                pauses += heartbeatsSince(former);
            }
            long heartbeats =
                    Streams.textAfterOpening(stream).lines().filter(":"::equals).count();
            // None at all, unless this machine held us or the hub up for as long as a heartbeat, or several.
            assertThat(heartbeats).isLessThanOrEqualTo(pauses + heartbeatsSince(before));
        }
    }

    /** The most for which there was time since then, which was before the hub wrote something else. */
    private static long heartbeatsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / HEARTBEAT.toNanos();
    }

    /** Resumes from all that a stream was told beside its events, and gets the events that it had not had. */
    @Test
    void positionIsNeverAheadOfAnEventThatWasNotDelivered() {
        var told = new LinkedHashMap<String, Integer>();
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            for (int number = 1; number <= EVENTS; number++) {
                publisher.publish(topic, Integer.toString(number));
                publisher.publishNumbers(Fresh.topic(), 97 * number);
            }
            for (int seen = 0; seen < EVENTS; ) {
                Block block = stream.nextBlock();
                seen += block.isEvent() ? 1 : 0;
                told.putIfAbsent(block.id(), seen);
            }
            told.putIfAbsent(heartbeat(stream).id(), EVENTS);
        }
        assertThat(told).hasSizeGreaterThan(EVENTS);
        publisher.publish(topic, Integer.toString(EVENTS + 1));
        told.forEach((id, seen) -> {
            try (StreamRecorder stream =
                    Streams.open(Streams.request(hub, topic).after(id))) {
                for (int number = seen + 1; number <= EVENTS + 1; number++) {
                    assertThat(stream.next().data()).isEqualTo(Integer.toString(number));
                }
            }
        });
    }

    /** Takes heartbeats, which is all that may come, until one has that position. */
    private static void awaitHeartbeat(StreamRecorder stream, String position) {
        assertThat(IntStream.range(0, 20)
                        .anyMatch(i -> position.equals(heartbeat(stream).id())))
                .as(stream::toString)
                .isTrue();
    }

    private static Block heartbeat(StreamRecorder stream) {
        Block block = stream.nextBlock();
        assertThat(block.lines()).hasSize(2).first().isEqualTo(":");
        assertThat(block.isIdOnly()).isTrue();
        return block;
    }
}
