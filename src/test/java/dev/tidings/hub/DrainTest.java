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
import java.util.concurrent.CompletableFuture;
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

    /** A request may still come while the web application stops. */
    @Test
    void nobodyIsAdmittedOnceItIsClosed() {
        open();
        hub.drain().close();
        hub.endAll(DisconnectReason.DRAINED);
        assertThatThrownBy(this::open).isInstanceOf(DrainingException.class);
        assertThat(hub.clients().size()).isZero();
    }

    @Test
    void stopWaitsUntilTheLastStreamHasEnded() {
        IntStream.range(0, 10).forEach(n -> open());
        CompletableFuture<Void> stop = CompletableFuture.runAsync(waves::finish);
        Eventually.holds("it has begun", waves::hasBegun);
        clock.advance(Duration.ofMillis(1));
        Eventually.holds("the first has ended", () -> hub.clients().size() == 9);
        assertThat(stop).isNotDone();
        clock.advance(LENGTH);
        Eventually.value(stop);
        assertThat(hub.clients().size()).isZero();
    }

    /** Clients may leave by themselves meanwhile. The wait is bounded by time as well, and this one would take hours. */
    @Test
    void stopDoesNotWaitWhereNoStreamIsOpen() {
        var hours = new Drain((LocalClients) hub.clients(), Duration.ofHours(1), clock::nanoTime);
        try {
            List<Subscriber> two = List.of(open(), open());
            CompletableFuture<Void> stop = CompletableFuture.runAsync(hours::finish);
            Eventually.holds("it has begun", hours::hasBegun);
            clock.advance(Duration.ofMillis(1));
            Eventually.holds("the first has ended", () -> hub.clients().size() == 1);
            two.get(1).end(DisconnectReason.CLOSED);
            Eventually.value(stop);
        } finally {
            hours.close();
        }
    }

    /** Here time stands still, so the waves never end. */
    @Test
    void stopWaitsForALimitedTime() {
        Drain brief = new Drain((LocalClients) hub.clients(), Duration.ofMillis(100), clock::nanoTime);
        try {
            open();
            open();
            brief.finish();
            assertThat(hub.clients().size()).isEqualTo(2);
        } finally {
            brief.close();
        }
    }

    @Test
    void nobodyWaitsForADrainThatIsClosed() {
        open();
        open();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(waves::finish);
        Eventually.holds("it has begun", waves::hasBegun);
        waves.close();
        Eventually.value(stop);
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
