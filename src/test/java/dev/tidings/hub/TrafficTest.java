package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.FaultyLog;
import dev.tidings.testing.SilentSink;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a hub counts of its events. */
class TrafficTest extends HubFixture {

    @Test
    void whatIsPublishedAndDeliveredIsCountedWithTheBytesOfItsText() {
        Subscriber one = SilentSink.subscribe(hub, List.of("/a"), List.of());
        Subscriber two = SilentSink.subscribe(hub, List.of("/a"), List.of());
        publish("12345", "/a");
        awaitDelivery();
        take(one);
        take(two);
        Traffic traffic = hub.traffic();
        assertThat(traffic.published()).isEqualTo(1);
        assertThat(traffic.publishedBytes()).isEqualTo(7);
        assertThat(traffic.delivered()).isEqualTo(2);
        assertThat(traffic.deliveredBytes()).isEqualTo(14);
        assertThat(traffic.replayed()).isZero();
        assertThat(traffic.publishing().snapshot().total()).isEqualTo(1);
        assertThat(traffic.delivery().snapshot().total()).isEqualTo(2);
    }

    @Test
    void whatIsReadFromHistoryIsReplayed() {
        publishMany(1, 3);
        awaitDelivery();
        Subscriber back = SilentSink.subscribe(hub, List.of("/a"), List.of(), "earliest");
        take(back);
        assertThat(hub.traffic().replayed()).isEqualTo(3);
        assertThat(hub.traffic().delivered()).isEqualTo(3);
        assertThat(hub.traffic().delivery().snapshot().total()).isZero();
    }

    @Test
    void streamThatIsTooSlowFallsBackOnce() {
        Subscriber slow = SilentSink.subscribe(hub, List.of("/a"), List.of());
        publishMany(1, 2 * OUTBOX);
        awaitDelivery();
        int read = 0;
        while (read < 2 * OUTBOX) {
            read += slow.next(1_000, 1 << 20).size();
        }
        assertThat(hub.traffic().fallbacks()).isEqualTo(1);
        assertThat(hub.traffic().replayed()).isEqualTo(OUTBOX);
    }

    @Test
    void gapOfAResumeIsCounted() {
        SilentSink.subscribe(hub, List.of("/a"), List.of(), "unknown");
        assertThat(hub.traffic().gaps()).isEqualTo(1);
        SilentSink.subscribe(hub, List.of("/a"), List.of(), "earliest");
        assertThat(hub.traffic().gaps()).isEqualTo(1);
    }

    @Test
    void logThatCannotTakeAnEventIsAnError() {
        var faults = new FaultyLog(memoryLog());
        var hub = new Hub(faults, OUTBOX, 1 << 20, Clock.systemUTC());
        faults.unwritable();
        assertThatThrownBy(() -> hub.publish(List.of(request("x", "/a")))).isInstanceOf(LogUnavailableException.class);
        assertThat(hub.traffic().logErrors()).isEqualTo(1);
        assertThat(hub.traffic().published()).isZero();
        faults.close();
    }

    @Test
    void censusCountsStreamsByTransportAndStateAndWhatWaits() {
        publishMany(1, 1);
        awaitDelivery();
        SilentSink.subscribe(hub, List.of("/a"), List.of());
        SilentSink.subscribe(hub, List.of("/a"), List.of(), "earliest");
        publishMany(2, 3);
        awaitDelivery();
        Census census = hub.census();
        assertThat(census.streams())
                .isEqualTo(Map.of("sse", Map.of(SubscriberState.LIVE, 1, SubscriberState.REPLAYING, 1)));
        assertThat(census.count("sse", SubscriberState.LIVE)).isEqualTo(1);
        assertThat(census.count("ws", SubscriberState.LIVE)).isZero();
        assertThat(census.queued()).isEqualTo(4);
    }

    private static void take(Subscriber subscriber) {
        int taken;
        do {
            taken = subscriber.next(1_000, 1 << 20).size();
        } while (taken > 0);
    }
}
