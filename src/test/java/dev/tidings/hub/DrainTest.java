package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.SilentSink;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Duration LENGTH = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final EventLog log = HubFixture.memoryLog();
    private final Hub hub = new Hub(
            log,
            new HubLimits(8, 1 << 20, 0, 0, 0, 0, 0, Duration.ZERO),
            new Refusals(System::nanoTime),
            "node",
            Clock.systemUTC());
    private final Drain waves = new Drain((LocalClients) hub.clients(), LENGTH, clock::nanoTime);

    @AfterEach
    void close() {
        waves.close();
        hub.drain().close();
        log.close();
    }

    @Test
    void streamsEndInWavesTheEarliestFirst() {
        List<Subscriber> all = IntStream.range(0, 100).mapToObj(n -> open()).toList();
        waves.begin();
        clock.advance(Duration.ofSeconds(4));
        Eventually.holds("four tenths have ended", () -> all.get(39).ended() != null);
        assertThat(all.get(0).ended()).isEqualTo(DisconnectReason.DRAINED);
        assertThat(all.get(40).ended()).isNull();
        clock.advance(Duration.ofSeconds(6));
        Eventually.holds("all have ended", () -> hub.clients().size() == 0);
    }

    /** A WAR may be undeployed while it drains. */
    @Test
    void drainThatIsUnderWayCanBeClosed() {
        open();
        waves.begin();
        waves.close();
        assertThat(hub.clients().size()).isEqualTo(1);
    }

    @Test
    void withoutAnyTimeAllEndAtOnce() {
        IntStream.range(0, 10).forEach(n -> open());
        hub.drain().begin();
        Eventually.holds("all have ended", () -> hub.clients().size() == 0);
    }

    @Test
    void nobodyIsAdmittedOnceItHasBegun() {
        hub.drain().begin();
        assertThat(hub.drain().hasBegun()).isTrue();
        assertThatThrownBy(this::open).isInstanceOf(DrainingException.class);
        Peer peer = new Peer("alice", "alice", "192.0.2.1", "test", "sse", null);
        assertThatThrownBy(() -> hub.requireRoomFor(peer, SelectorSet.of(List.of())))
                .isInstanceOf(DrainingException.class);
    }

    @Test
    void publishingGoesOn() {
        hub.drain().begin();
        assertThat(hub.publish(List.of(HubFixture.request("x", "/a")))).hasSize(1);
    }

    @Test
    void drainThatHasBegunBeginsNoOther() {
        hub.drain().begin();
        hub.drain().begin();
        assertThat(hub.drain().hasBegun()).isTrue();
    }

    private Subscriber open() {
        return SilentSink.subscribe(hub, List.of("/a"), List.of());
    }
}
