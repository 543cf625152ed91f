package dev.tidings.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.testing.LogRecorder;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonLoggerTest {

    private static final String NAME = "dev.tidings.test.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LogRecorder recorder = LogRecorder.named(NAME);
    private final System.Logger logger = new JsonLogger(System.getLogger(NAME));

    @AfterEach
    void stop() {
        recorder.close();
    }

    @Test
    void lineIsAnObjectWithItsFields() throws JsonProcessingException {
        Instant before = Instant.now().minusMillis(1);
        logger.log(
                Level.INFO,
                LogLine.of("stream opened")
                        .add("user", "a\"\n\u2028b")
                        .add("n", 3)
                        .addList("l", "c", List.of("/a")));
        JsonNode line = only();
        assertThat(line.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("time", "level", "logger", "message", "user", "n", "l");
        assertThat(Instant.parse(line.path("time").asText())).isBetween(before, Instant.now());
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("logger").asText()).isEqualTo(NAME);
        assertThat(line.path("message").asText()).isEqualTo("stream opened");
        assertThat(line.path("user").asText()).isEqualTo("a\"\n\u2028b");
        assertThat(line.path("n").intValue()).isEqualTo(3);
        assertThat(line.path("l").path(0).asText()).isEqualTo("/a");
    }

    @Test
    void messageOfManyLinesIsOne() throws JsonProcessingException {
        logger.log(Level.WARNING, "settings:\n  a = {0}\n  b = 'c'");
        JsonNode line = only();
        assertThat(line.path("level").asText()).isEqualTo("WARNING");
        assertThat(line.path("message").asText()).isEqualTo("settings:\n  a = {0}\n  b = 'c'");
    }

    @Test
    void stackTraceIsAMember() throws JsonProcessingException {
        logger.log(Level.ERROR, "failed", new IllegalStateException("why"));
        JsonNode line = only();
        assertThat(line.path("error").asText()).isEqualTo("java.lang.IllegalStateException: why");
        assertThat(line.path("stack").asText()).contains("\n\tat ").contains("JsonLoggerTest");
    }

    @Test
    void whatIsSwitchedOffIsNotWritten() {
        logger.log(Level.DEBUG, LogLine.of("x"));
        logger.log(Level.DEBUG, "x");
        logger.log(Level.DEBUG, "x", new IllegalStateException());
        assertThat(recorder.messages()).isEmpty();
    }

    private JsonNode only() throws JsonProcessingException {
        assertThat(recorder.messages())
                .singleElement()
                .satisfies(line -> assertThat(line.lines()).hasSize(1));
        return JSON.readTree(recorder.messages().get(0));
    }
}
