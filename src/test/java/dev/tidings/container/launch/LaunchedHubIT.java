package dev.tidings.container.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import dev.tidings.testing.LaunchedHub;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a hub that runs by {@code java -jar} starts, fails to start, and ends. */
class LaunchedHubIT {

    @Test
    void startIsSaidInFewLinesWithoutWarningsAndAPortThatIsTakenInASentence() {
        try (LaunchedHub hub = LaunchedHub.start()) {
            assertThat(hub.logText())
                    .contains("for this machine alone; --address 0.0.0.0 opens it to others")
                    .doesNotContain("WARNING")
                    .doesNotContain("org.eclipse.jetty");
            assertThat(hub.logText().lines().filter(line -> !line.startsWith("  tidings.")))
                    .hasSize(2);
            String port = Integer.toString(hub.uri().getPort());
            assertThat(failure("--port", port))
                    .isEqualTo("Tidings does not start: port " + port
                            + " of 127.0.0.1 is in use: stop what listens there, or choose another with --port\n");
        }
    }

    @Test
    void allStreamsEndWellWhenItIsAskedToEndAndNothingIsLeftInTheTemporaryDirectory() {
        try (LaunchedHub hub = LaunchedHub.start()) {
            assertThat(hub.temporary()).isNotEmptyDirectory();
            List<StreamRecorder> streams = IntStream.range(0, 50)
                    .mapToObj(i -> StreamRequest.to(hub.uri(), "/events?topic=/a")
                            .with(Tokens.operator())
                            .open())
                    .toList();
            hub.terminate();
            streams.forEach(stream -> assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE));
            assertThat(hub.awaitExit()).isEqualTo(143);
            assertThat(hub.temporary()).isEmptyDirectory();
            assertThat(hub.logText()).doesNotContain("WARNING");
        }
    }

    /** Each is asked to end when it has come a little further. */
    @Test
    void nothingIsLeftOfAHubThatIsAskedToEndWhileItStarts() {
        for (String reached : List.of("", "settings:", "Tidings runs")) {
            try (LaunchedHub hub = LaunchedHub.run(List.of("--port", "0"), Map.of())) {
                Eventually.holds("it unpacks the WAR", () -> {
                    try (var files = Files.list(hub.temporary())) {
                        return files.findAny().isPresent() && hub.logText().contains(reached);
                    }
                });
                hub.terminate();
                assertThat(hub.awaitExit()).isEqualTo(143);
                assertThat(hub.temporary()).isEmptyDirectory();
                assertThat(hub.logText()).doesNotContain("Exception");
            }
        }
    }

    @Test
    void addressThatIsNotHereIsSaidInASentence() {
        assertThat(failure("--address", "192.0.2.1", "--port", "0"))
                .isEqualTo(
                        "Tidings does not start: 192.0.2.1 is no address of this machine: name one with --address, or"
                                + " 0.0.0.0 for all\n");
        assertThat(failure("--address", "no-such-host.invalid", "--port", "0"))
                .isEqualTo(
                        "Tidings does not start: there is no address no-such-host.invalid: name one of this machine with"
                                + " --address\n");
    }

    @Test
    void logThatCannotBeOpenedIsSaidWithoutAStackTrace(@TempDir Path directory) {
        try (LaunchedHub hub =
                LaunchedHub.run(List.of("--port", "0", "--log", "file:" + directory.resolve("none/log")), Map.of())) {
            // The hub itself says so as an error, as in a container.
            hub.expectInLog("Tidings is not deployed: tidings.log");
            assertThat(hub.awaitExit()).isEqualTo(1);
            assertThat(hub.logText())
                    .contains("Tidings does not start: tidings.log: there is no directory " + directory.resolve("none"))
                    .doesNotContain("\tat ");
            assertThat(hub.temporary()).isEmptyDirectory();
        }
    }

    @Test
    void withoutAKeyItSaysWhatIsMissingAndHowToMakeOne() throws IOException, InterruptedException {
        try (LaunchedHub hub = LaunchedHub.run(List.of("--port", "0"), Map.of()).awaitStart()) {
            Eventually.holds("a warning", () -> hub.logText().contains("tidings.jwt.key is not set. To make a key"));
            assertThat(get(hub, "/")).contains("tidings.jwt.key");
        }
    }

    @Test
    void demoIsForThisMachineAlone() throws IOException, InterruptedException {
        try (LaunchedHub hub =
                LaunchedHub.run(List.of("--demo", "--port=0"), Map.of()).awaitStart()) {
            assertThat(hub.uri().getHost()).isEqualTo("127.0.0.1");
            assertThat(get(hub, "/login")).contains("alice");
        }
    }

    @Test
    void settingsComeFromTheEnvironmentAndTheFile(@TempDir Path directory) throws IOException, InterruptedException {
        Path file = Files.writeString(
                directory.resolve("tidings.properties"),
                "tidings.server.address=127.0.0.2\ntidings.jwt.key=" + Tokens.SECRET + "\n");
        try (LaunchedHub hub = LaunchedHub.run(
                        List.of(), Map.of("TIDINGS_CONFIG", file.toString(), "TIDINGS_SERVER_PORT", "0"))
                .awaitStart()) {
            assertThat(hub.uri().getHost()).isEqualTo("127.0.0.2");
            assertThat(get(hub, "/health")).contains("ok");
            assertThat(hub.logText()).doesNotContain("means nothing");
        }
    }

    private static String failure(String... options) {
        try (LaunchedHub hub = LaunchedHub.run(List.of(options), Map.of())) {
            assertThat(hub.awaitExit()).isEqualTo(1);
            assertThat(hub.temporary()).isEmptyDirectory();
            return hub.logText();
        }
    }

    private static String get(LaunchedHub hub, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(hub.uri() + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
