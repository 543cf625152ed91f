package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A quiet stream beside a busy topic hears of a fresh position before its heartbeat is due. */
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class StreamsFreshnessIT {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final long begun = System.nanoTime();
    private final String topic = Fresh.topic();
    private final Container hub;
    private final Publisher publisher;

    StreamsFreshnessIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void heartbeatComesWhenAThousandEventsWentByUnmatched() {
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            List<String> ids = publisher.publishNumbers(Fresh.topic(), 1_000);
            assertThat(ids).contains(heartbeat(stream).id());
        }
    }

    @Test
    void anotherComesAfterTheNextThousand() {
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            publisher.publishNumbers(Fresh.topic(), 1_000);
            String first = heartbeat(stream).id();
            publisher.publishNumbers(Fresh.topic(), 1_000);
            assertThat(heartbeat(stream).id()).isNotEqualTo(first);
        }
    }

    @Test
    void eventsThatAreReplayedUnmatchedCountToo() {
        String before = publisher.publish(Fresh.topic(), "before");
        publisher.publishNumbers(Fresh.topic(), 1_000);
        try (StreamRecorder stream = Streams.open(Streams.request(hub, topic).after(before))) {
            assertThat(heartbeat(stream).id()).isNotEqualTo(before);
        }
    }

    @Test
    void nothingThatFollowsItIsLost() {
        String told;
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            publisher.publishNumbers(Fresh.topic(), 1_000);
            told = heartbeat(stream).id();
            publisher.publish(topic, "follows");
        }
        try (StreamRecorder stream = Streams.open(Streams.request(hub, topic).after(told))) {
            assertThat(stream.next().data()).isEqualTo("follows");
        }
    }

    /** Takes one that cannot be due for the time alone: the stream has not been open for so long. */
    private Block heartbeat(StreamRecorder stream) {
        Block block = stream.nextBlock();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(HEARTBEAT);
        assertThat(block.lines()).hasSize(2).first().isEqualTo(":");
        assertThat(block.isIdOnly()).isTrue();
        return block;
    }
}
