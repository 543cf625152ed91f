package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.LeftBehind;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.LaunchedHub;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A node that is asked to stop drains first: the container holds its stop up for it. */
class StopInWavesIT {

    private static final int STREAMS = 20;
    private static final int SOCKETS = 3;

    /** So long that some requests are answered meanwhile, on a busy machine, too. */
    private static final String LENGTH = "4s";

    /** Longer than anybody waits for a process that ends. */
    private static final String NEVER = "10m";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Tokens token = Tokens.operator();

    /** The two Tomcats tell of their stop in the same way. */
    static List<ContainerKind> kinds() {
        return Rounds.of(List.of(ContainerKind.TOMCAT_11, ContainerKind.JETTY), List.of(ContainerKind.values()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void containerThatIsAskedToEnd(ContainerKind kind) throws Exception {
        try (Container container =
                ContainerSpec.of(kind).set("tidings.drain", LENGTH).start()) {
            assertWaves(container.uri(), container::stop);
            assertThat(container.logText()).doesNotContain("memory leak", "does not stop", "Exception");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void warThatIsUndeployed(ContainerKind kind) throws Exception {
        try (Container container = ContainerSpec.of(kind)
                .under("/tidings")
                .set("tidings.drain", LENGTH)
                .start()) {
            // A Jetty answers 404 in place of a web application that is stopping.
            assertWaves(container.uri(), container::undeploy, kind != ContainerKind.JETTY);
            LeftBehind.assertNothing(container);
        }
    }

    @Test
    void javaThatIsAskedToEnd() throws Exception {
        try (LaunchedHub hub = LaunchedHub.start("--drain", LENGTH)) {
            assertWaves(hub.uri(), () -> {
                hub.terminate();
                assertThat(hub.awaitExit()).isEqualTo(143);
            });
            assertThat(hub.logText()).doesNotContain("WARNING");
        }
    }

    @Test
    void withoutStreamsItEndsAtOnce() {
        try (LaunchedHub hub = LaunchedHub.start("--drain", NEVER)) {
            hub.terminate();
            assertThat(hub.awaitExit()).isEqualTo(143);
        }
    }

    @Test
    void demoDoesNotWaitForItsStreams() {
        try (LaunchedHub hub = LaunchedHub.run(List.of("--demo", "--port=0", "--drain", NEVER), Map.of())
                .awaitStart()) {
            List<StreamRecorder> streams = IntStream.range(0, STREAMS)
                    .mapToObj(i -> Streams.open(StreamRequest.to(hub.uri(), "/events?topic=/feeds/clock")))
                    .toList();
            hub.terminate();
            streams.forEach(stream -> assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE));
            assertThat(hub.awaitExit()).isEqualTo(143);
        }
    }

    private void assertWaves(URI hub, Runnable stop) throws IOException, InterruptedException {
        assertWaves(hub, stop, true);
    }

    /** @param reachable whether requests are answered until the last stream has ended */
    private void assertWaves(URI hub, Runnable stop, boolean reachable) throws IOException, InterruptedException {
        List<StreamRecorder> streams = IntStream.range(0, STREAMS)
                .mapToObj(i -> Streams.open(events(hub)))
                .toList();
        List<SocketClient> sockets =
                IntStream.range(0, SOCKETS).mapToObj(i -> socket(hub)).toList();
        sockets.forEach(socket -> socket.next("welcome"));
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(stop);
        try {
            streams.get(0).awaitEnd();
            assertThat(streams.get(STREAMS - 1).hasEnded()).isFalse();
            if (reachable) {
                assertAnswers(hub);
                // The publish was answered while this one was open.
                assertThat(streams.get(STREAMS - 1).next().data()).isEqualTo("still");
            }
            assertThat(stopped).isNotDone();
            for (StreamRecorder stream : streams) {
                assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            }
            assertThat(streams.stream().map(StopInWavesIT::farewell).distinct().count())
                    .isGreaterThan(STREAMS / 2);
            sockets.forEach(socket -> assertThat(socket.awaitClose()).isEqualTo(1001));
            Eventually.value(stopped);
        } finally {
            streams.forEach(StreamRecorder::close);
            sockets.forEach(SocketClient::close);
        }
    }

    /** What a node that drains answers. */
    private void assertAnswers(URI hub) throws IOException, InterruptedException {
        assertThat(answer(request(hub, "/health/ready").GET())).isEqualTo(503);
        try (StreamRecorder late = events(hub).open()) {
            assertThat(late.status()).isEqualTo(200);
            assertThat(late.nextBlock().retry()).isGreaterThanOrEqualTo(2_000L);
            late.awaitEnd();
        }
        assertThat(answer(request(hub, "/msg?topic=/waves").POST(BodyPublishers.ofString("still"))))
                .isEqualTo(201);
    }

    /** When the last block of a stream has its client come back. */
    private static long farewell(StreamRecorder stream) {
        String text = Streams.text(stream);
        long retry = Long.parseLong(
                text.substring(text.lastIndexOf("retry: ") + "retry: ".length()).strip());
        assertThat(retry).isBetween(2_000L, 6_000L);
        return retry;
    }

    private StreamRequest events(URI hub) {
        return StreamRequest.to(hub, hub.getPath() + "/events?topic=/waves").with(token);
    }

    private SocketClient socket(URI hub) {
        return SocketClient.open(HTTP, URI.create(hub + "/ws?topic=/waves"), Map.of("Authorization", token.bearer()));
    }

    private int answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest.Builder request(URI hub, String target) {
        return HttpRequest.newBuilder(URI.create(hub + target))
                .header("Authorization", token.bearer())
                .header("Content-Type", "text/plain");
    }
}
