package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Jvm;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StalledReader;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Peers that closed or reset their connection are gone from the server within three heartbeats; nobody else notices.
 *
 * <p>A server learns of either only by writing, so on a quiet topic it is the heartbeats that find them.
 */
@EveryContainer(settings = "tidings.heartbeat=200ms")
class DeadPeerIT {

    private static final int PEERS = 20;
    private static final int HEALTHY = 5;

    /** What a healthy stream is sent while each dead one is sent three: they are not in step, and one is under way. */
    private static final int HEARTBEATS = 5;

    private String topic;
    private StreamRequest request;

    @BeforeEach
    void topicOfItsOwn(Container container) {
        topic = "/dead/" + System.nanoTime();
        request = container.stream("/events?topic=" + topic).with(Tokens.operator());
    }

    @Test
    void peersThatClosedLeave(Container container) {
        List<StreamRecorder> peers = open(PEERS);
        assertOthersStay(container, () -> peers.forEach(StreamRecorder::close));
    }

    @Test
    void peersThatResetLeave(Container container) {
        List<StreamRecorder> peers = open(PEERS);
        assertOthersStay(container, () -> peers.forEach(StreamRecorder::cut));
    }

    @Test
    void peersThatClosedWithoutReadingLeave(Container container) {
        List<StalledReader> peers =
                IntStream.range(0, PEERS).mapToObj(i -> request.stall(4_096)).toList();
        assertOthersStay(container, () -> peers.forEach(StalledReader::close));
    }

    @Test
    void peersThatResetWhileEventsFlowLeave(Container container) {
        List<StreamRecorder> peers = open(PEERS);
        Publisher publisher = Publisher.to(container);
        assertOthersStay(container, () -> {
            for (StreamRecorder peer : peers) {
                publisher.publish(topic, "x");
                peer.cut();
            }
            publisher.publish(topic, "x");
        });
    }

    /** Holds that after this end of peers no streams but the healthy ones are left, and that these are whole. */
    private void assertOthersStay(Container container, Runnable end) {
        List<StreamRecorder> healthy = open(HEALTHY);
        end.run();
        for (int heartbeats = 0; heartbeats < HEARTBEATS; ) {
            Block block = healthy.get(0).nextBlock();
            heartbeats += block.comments().isEmpty() || !block.isIdOnly() ? 0 : 1;
        }
        // To look into a JVM takes long, and makes it collect all that it has.
        Eventually.passes(() -> {
            assertThat(connectionsInCloseWait(container)).isZero();
            assertThat(Clients.list(container, "?topic=" + topic)).hasSize(HEALTHY);
        });
        Eventually.passes(() -> {
            assertThat(Jvm.of(container).instances("dev.tidings.http.stream.EventStream"))
                    .isEqualTo(HEALTHY);
            assertThat(Jvm.of(container).instances("dev.tidings.hub.Subscriber"))
                    .isEqualTo(HEALTHY);
        });
        String id = Publisher.to(container).publish(topic, "still here");
        for (StreamRecorder stream : healthy) {
            String last;
            do {
                last = stream.next().id();
            } while (!last.equals(id));
            stream.close();
        }
    }

    private List<StreamRecorder> open(int count) {
        return IntStream.range(0, count).mapToObj(i -> request.open()).toList();
    }

    /** How many connections of the server's port their peers have closed and the server has not (Linux). */
    private static long connectionsInCloseWait(Container container) throws IOException {
        String port = String.format(":%04X", container.uri().getPort());
        long count = 0;
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                count += lines.map(line -> line.trim().split("\\s+", -1))
                        .filter(columns -> columns[1].endsWith(port) && columns[3].equals("08"))
                        .count();
            }
        }
        return count;
    }
}
