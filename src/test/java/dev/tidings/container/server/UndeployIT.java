package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.LeftBehind;
import dev.tidings.container.RawSocket;
import dev.tidings.container.Requests;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A WAR that is undeployed while streams are open and events flow leaves nothing behind in its container. */
class UndeployIT {

    private static final int STREAMS = 20;
    private static final int EVENTS_BEFORE = 100;

    private static final Tokens TOKEN = Tokens.operator();

    @ParameterizedTest
    @EnumSource
    void openStreamsEndAndNothingIsLeftBehind(ContainerKind kind) throws Exception {
        ContainerSpec spec = ContainerSpec.of(kind)
                .under("/tidings")
                .set("tidings.heartbeat", "1s")
                .set("tidings.outbox.bytes", "64KiB");
        Container container = spec.start();
        try (container) {
            List<StreamRecorder> streams = IntStream.range(0, STREAMS)
                    .mapToObj(i -> container.stream("/events?topic=/undeploy")
                            .with(TOKEN)
                            .open())
                    .toList();
            List<SocketClient> sockets = IntStream.range(0, STREAMS)
                    .mapToObj(i -> SocketClient.open(container, "/ws?topic=/undeploy", TOKEN))
                    .toList();
            List<AutoCloseable> stalled = stalled(container);
            refusals(container);
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publishUntilGone(container));
            streams.forEach(stream -> stream.next(EVENTS_BEFORE));
            sockets.forEach(socket -> socket.skipTo("event"));
            assertThat(LeftBehind.classLoaders(container)).isEqualTo(1);

            container.undeploy();

            for (StreamRecorder stream : streams) {
                assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
                stream.close();
            }
            sockets.forEach(socket -> assertThat(socket.awaitClose()).isEqualTo(1001));
            Eventually.value(publishing);
            for (AutoCloseable reader : stalled) {
                reader.close();
            }
            LeftBehind.assertNothing(container);
            Eventually.passes(
                    () -> assertThat(Requests.get(container, "/health").status())
                            .as("404 by the container")
                            .isEqualTo(404));
        }
        assertThat(ProcessHandle.of(container.pid()))
                .as("a container that is closed is gone")
                .isEmpty();
    }

    /** Readers that have stopped while there is more for them than a socket takes. */
    private static List<AutoCloseable> stalled(Container container) {
        var stalled = new ArrayList<AutoCloseable>();
        for (int i = 0; i < STREAMS; i++) {
            stalled.add(container.stream("/events?topic=/stalled").with(TOKEN).stall(4_096));
        }
        stalled.add(RawSocket.open(container, "/ws?topic=/stalled", TOKEN, RawClient.connect(container.uri(), 4_096)));
        String data = "x".repeat(256 * 1024);
        IntStream.range(0, 40).forEach(i -> Publisher.to(container).publish("/stalled", data));
        return stalled;
    }

    /** What is refused runs through code of its own, which may leave things of its own. */
    private static void refusals(Container container) {
        Publisher publisher = Publisher.to(container, Tokens.user("alice"));
        assertThat(publisher.post(Publisher.JSON, "{\"msg\":").status()).isEqualTo(400);
        assertThat(publisher.post(Publisher.FORM, "topic=/other").status()).isEqualTo(403);
        assertThat(publisher.ask("DELETE", "").status()).isEqualTo(405);
    }

    private static void publishUntilGone(Container container) {
        Publisher publisher = Publisher.to(container);
        Answer answer;
        do {
            answer = publisher.post("?topic=/undeploy", Publisher.TEXT, "x");
        } while (answer.status() == 201);
    }
}
