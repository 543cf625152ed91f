package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How far a stream is behind, as operators see it. */
class BehindTest extends HubFixture {

    @Test
    void liveStreamIsBehindByWhatWaitsForIt() {
        var sink = RecordingSink.fresh(hub, "/a");
        assertThat(sink.subscriber().client().behind()).isZero();
        publishMany(1, 3);
        publish("for others", "/b");
        awaitDelivery();
        assertThat(sink.subscriber().client().behind()).isEqualTo(3);
        sink.take(3);
        assertThat(sink.subscriber().client().behind()).isZero();
    }

    /** They have no place of their own in the log. */
    @Test
    void passingEventsCountWhileTheStreamReadsHistory() {
        close();
        open(memoryLog(), 4);
        var sink = RecordingSink.fresh(hub, "/a");
        IntStream.range(0, 6).forEach(n -> hub.pass(request(Integer.toString(n), "/a")));
        Eventually.passes(() -> assertThat(sink.subscriber().client().state()).isEqualTo(SubscriberState.REPLAYING));
        assertThat(sink.subscriber().client().queued()).isEqualTo(4);
        assertThat(sink.subscriber().client().behind()).isEqualTo(4);
    }

    @Test
    void streamThatReadsHistoryIsBehindByAllThatItHasNotRead() {
        publish("for others", "/b");
        publishMany(1, 20);
        awaitDelivery();
        var sink = RecordingSink.resuming(hub, "earliest", "/a");
        assertThat(sink.subscriber().client().behind()).isEqualTo(21);
        sink.take(10);
        assertThat(sink.subscriber().client().behind()).isEqualTo(10);
        sink.take(10);
        assertThat(sink.subscriber().client().behind()).isZero();
    }
}
