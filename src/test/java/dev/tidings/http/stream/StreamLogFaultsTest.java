package dev.tidings.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a log that is down does to streams: those that are open stay open, and who cannot begin is told to come later. */
class StreamLogFaultsTest {

    private final StreamingHub hub = new StreamingHub();

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void streamThatIsOpenedMeanwhileGetsWhatComesAfterwards() {
        hub.log.down();
        try (StreamRecorder stream = hub.stream("/events?topic=/a").open()) {
            hub.log.up();
            hub.publish("/a", "1");
            assertThat(stream.next().data()).isEqualTo("1");
        }
    }

    @Test
    void resumeIsToldToComeLaterAndThenGetsWhatItMissed() {
        String seen = hub.publish("/a", "1").id();
        hub.publish("/a", "2");
        hub.log.down();
        try (StreamRecorder refused = hub.stream("/events?topic=/a").after(seen).open()) {
            assertThat(refused.head().status()).isEqualTo(200);
            assertThat(refused.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(new String(refused.bytes(), StandardCharsets.UTF_8)).matches(":\nretry: \\d{4,5}\n\n");
        }
        assertThat(hub.subscribers()).isZero();
        hub.log.up();
        try (StreamRecorder stream = hub.stream("/events?topic=/a").after(seen).open()) {
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    @Test
    void streamThatReadsHistoryWaitsForTheLogAndMissesNothing() {
        String seen = hub.publish("/a", "1").id();
        hub.publish("/a", "2");
        hub.log.withoutPages();
        try (StreamRecorder stream = hub.stream("/events?topic=/a").after(seen).open()) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(seen);
            hub.publish("/a", "3");
            hub.log.up();
            assertThat(stream.next().data()).isEqualTo("2");
            assertThat(stream.next().data()).isEqualTo("3");
        }
    }
}
