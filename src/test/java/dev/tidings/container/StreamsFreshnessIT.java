package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A quiet stream beside a busy topic hears of a fresh position before its heartbeat is due: here that is every 15 s,
 * and longer than a test waits.
 */
@EveryContainer
class StreamsFreshnessIT {

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

    private static Block heartbeat(StreamRecorder stream) {
        Block block = stream.nextBlock();
        assertThat(block.lines()).hasSize(2).first().isEqualTo(":");
        assertThat(block.isIdOnly()).isTrue();
        return block;
    }
}
