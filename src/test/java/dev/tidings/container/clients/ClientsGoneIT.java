package dev.tidings.container.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.StalledReader;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import dev.tidings.testing.WaitingTest;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Clients whose peers closed or reset their connection are no clients three heartbeats later, and said to be closed. */
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        settings = "tidings.heartbeat=200ms")
class ClientsGoneIT {

    private static final int PEERS = 20;

    /** What a healthy stream is sent while each dead one is sent three: they are not in step, and one is under way. */
    private static final int HEARTBEATS = 5;

    private final String user = Fresh.user();
    private final Container hub;
    private final StreamRequest request;

    ClientsGoneIT(Container hub) {
        this.hub = hub;
        this.request = hub.stream(Streams.events(Fresh.topic())).with(Tokens.user(user));
    }

    @WaitingTest
    void whoClosed() {
        List<StreamRecorder> peers = peers(request::open);
        assertGone(() -> peers.forEach(StreamRecorder::close));
    }

    @WaitingTest
    void whoReset() {
        List<StreamRecorder> peers = peers(request::open);
        assertGone(() -> peers.forEach(StreamRecorder::cut));
    }

    @WaitingTest
    void whoClosedWithoutReading() {
        List<StalledReader> peers = peers(() -> request.stall(4_096));
        assertGone(() -> peers.forEach(StalledReader::close));
    }

    @WaitingTest
    void whoResetWithoutReading() {
        List<StalledReader> peers = peers(() -> request.stall(4_096));
        assertGone(() -> peers.forEach(StalledReader::cut));
    }

    private void assertGone(Runnable end) {
        assertThat(Clients.of(hub, user)).hasSize(PEERS);
        String healthy = Fresh.user();
        try (StreamRecorder following = Clients.follow(hub);
                StreamRecorder stream = Clients.open(hub, healthy, Fresh.topic())) {
            end.run();
            for (int heartbeats = 0; heartbeats < HEARTBEATS; ) {
                Block block = stream.nextBlock();
                heartbeats += block.isIdOnly() ? 1 : 0;
            }
            assertThat(Clients.of(hub, user)).isEmpty();
            assertThat(Clients.of(hub, healthy)).hasSize(1);
            for (int i = 0; i < PEERS; i++) {
                assertThat(Clients.reason(following, user)).isEqualTo("closed");
            }
        }
    }

    private static <T> List<T> peers(Supplier<T> open) {
        return IntStream.range(0, PEERS).mapToObj(i -> open.get()).toList();
    }
}
