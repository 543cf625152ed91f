package dev.tidings.container.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.LaunchedHub;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub that runs by {@code java -jar} prints, as text and as JSON. */
class LaunchedLogIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyLineIsAnObjectWithTheSetting() throws JsonProcessingException {
        try (LaunchedHub hub = LaunchedHub.start("--logging", "json")) {
            openAndLeave(hub);
            hub.terminate();
            hub.awaitExit();
            var messages = new ArrayList<String>();
            for (String line : hub.logText().lines().toList()) {
                JsonNode json = JSON.readTree(line);
                assertThat(json.properties())
                        .extracting(Map.Entry::getKey)
                        .startsWith("time", "level", "logger", "message");
                messages.add(json.path("message").asText());
            }
            assertThat(messages)
                    .anyMatch(message -> message.startsWith("settings:\n"))
                    .anyMatch(message -> message.startsWith("Tidings runs at "))
                    .containsSubsequence("stream opened", "stream ended", "the hub has stopped");
        }
    }

    /** The file switches levels on. Jetty's own lines are there by it, too. */
    @Test
    void theyAreAlsoWithAFileForTheLogging(@TempDir Path folder) throws IOException {
        Path logging = Files.writeString(
                folder.resolve("logging.properties"),
                CodeBlock.of("docs/monitoring.md", "Nothing but the lines", 2).code());
        try (LaunchedHub hub = LaunchedHub.run(
                        List.of("--port", "0", "--jwt.key", Tokens.SECRET, "--logging", "json", "--drain", "0s"),
                        Map.of("JAVA_TOOL_OPTIONS", "-Djava.util.logging.config.file=" + logging))
                .awaitStart()) {
            List<String> lines = hub.logText()
                    .lines()
                    .filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS"))
                    .toList();
            for (String line : lines) {
                assertThat(JSON.readTree(line).path("time").asText()).endsWith("Z");
            }
            assertThat(lines).anyMatch(line -> line.contains("\"logger\":\"org.eclipse.jetty"));
        }
    }

    @Test
    void refusedSettingIsAnObjectToo() throws JsonProcessingException {
        try (LaunchedHub hub =
                LaunchedHub.run(List.of("--port", "0", "--logging", "json", "--log", "file:/none/log"), Map.of())) {
            assertThat(hub.awaitExit()).isEqualTo(1);
            hub.expectInLog("Tidings is not deployed");
            JsonNode line = JSON.readTree(hub.logText()
                    .lines()
                    .filter(each -> each.contains("not deployed"))
                    .findFirst()
                    .orElseThrow());
            assertThat(line.path("level").asText()).isEqualTo("ERROR");
            assertThat(line.path("message").asText()).startsWith("Tidings is not deployed: tidings.log:");
        }
    }

    /** The end of a stream is written before the process is gone. */
    @Test
    void streamsAreTwoLinesOfText() {
        try (LaunchedHub hub = LaunchedHub.start()) {
            try (StreamRecorder stream = open(hub)) {
                Eventually.holds(
                        "its line", () -> hub.logText().contains("dev.tidings.streams: stream opened client="));
                hub.terminate();
                stream.awaitEnd();
            }
            hub.awaitExit();
            assertThat(hub.logText()).contains("topics=[\"/a\"] reason=drained seconds=");
        }
    }

    private static void openAndLeave(LaunchedHub hub) {
        try (StreamRecorder stream = open(hub)) {
            Eventually.holds("its line", () -> hub.logText().contains("\"message\":\"stream opened\""));
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    private static StreamRecorder open(LaunchedHub hub) {
        return StreamRequest.to(hub.uri(), "/events?topic=/a")
                .with(Tokens.operator())
                .open();
    }
}
