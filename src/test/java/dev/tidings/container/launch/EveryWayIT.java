package dev.tidings.container.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.LaunchedHub;
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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same WAR does the same in each container and by {@code java -jar}. */
class EveryWayIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Tokens token = Tokens.operator();
    private final String topic = Fresh.topic();

    /** It ends though a stream is open. */
    @ParameterizedTest
    @EnumSource
    void containerServesTheHubLoadsNothingOfTheLauncherAndEndsWhenItIsAskedTo(
            ContainerKind kind, @TempDir Path directory) throws IOException, InterruptedException {
        Path loads = directory.resolve("loads");
        try (Container container = ContainerSpec.of(kind)
                .options("-Xlog:class+load:file=" + loads + "::filecount=0")
                .start()) {
            assertServes(container.uri(), () -> {
                container.stop();
                assertThat(ProcessHandle.of(container.pid())).isEmpty();
            });
        }
        assertThat(Files.readAllLines(loads))
                .anyMatch(line -> line.contains("dev.tidings.app.Bootstrap"))
                .noneMatch(line -> line.contains("dev.tidings.launch") || line.contains("WEB-INF/launcher"));
    }

    @Test
    void javaServesTheHub() throws IOException, InterruptedException {
        try (LaunchedHub hub = LaunchedHub.start()) {
            assertServes(hub.uri(), () -> {
                hub.terminate();
                assertThat(hub.awaitExit()).isEqualTo(143);
            });
        }
    }

    private void assertServes(URI hub, Runnable stop) throws IOException, InterruptedException {
        assertThat(get(hub, "/health").body()).isEqualTo("{\"status\":\"ok\"}\n");
        assertThat(get(hub, "/health/ready").statusCode()).isEqualTo(200);
        assertThat(get(hub, "/").body()).contains("Tidings");
        assertThat(get(hub, "/openapi.yaml").statusCode()).isEqualTo(200);
        assertThat(get(hub, "/token").body()).contains("\"operator\"");
        assertThat(get(hub, "/nothing").statusCode()).isEqualTo(404);
        try (StreamRecorder stream = StreamRequest.to(hub, "/events?topic=" + topic)
                        .with(token)
                        .open();
                SocketClient socket = SocketClient.open(
                        HTTP, URI.create(hub + "/ws?topic=" + topic), Map.of("Authorization", token.bearer()))) {
            assertThat(stream.head().header("Content-Type")).isEqualToIgnoringCase("text/event-stream;charset=utf-8");
            assertThat(publish(hub, "one")).isEqualTo(201);
            assertThat(stream.next().data()).isEqualTo("one");
            assertThat(socket.skipTo("event").path("data").asText()).isEqualTo("one");

            stop.run();

            assertThat(socket.awaitClose()).isEqualTo(1001);
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
        }
    }

    private int publish(URI hub, String data) throws IOException, InterruptedException {
        return HTTP.send(
                        request(hub, "/msg?topic=" + topic)
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(data))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> get(URI hub, String path) throws IOException, InterruptedException {
        return HTTP.send(request(hub, path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(URI hub, String path) {
        return HttpRequest.newBuilder(URI.create(hub + path)).header("Authorization", token.bearer());
    }
}
