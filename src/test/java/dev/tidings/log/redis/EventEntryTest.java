package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.PublishRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventEntryTest {

    static Stream<PublishRequest> requests() {
        return Stream.of(
                new PublishRequest(List.of("/a"), null, null, null, null, false),
                new PublishRequest(List.of("/a"), "type", "data", null, 0, false),
                new PublishRequest(
                        List.of("/ж/€/\uD83D\uDE80"),
                        "ж".repeat(127),
                        "\n\r\u0000\uD83D\uDE80",
                        null,
                        86_400_000,
                        true),
                new PublishRequest(
                        List.of("/users/alice", "/b"), "x".repeat(255), "y".repeat(1 << 20), null, null, true),
                new PublishRequest(
                        IntStream.range(0, 1_000).mapToObj(n -> "/" + n).toList(), null, "many", null, null, false),
                new PublishRequest(List.of("x".repeat(2_048)), null, "long", null, null, false));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void entryIsReadAsItWasWritten(PublishRequest request) {
        assertThat(EventEntry.read(EventEntry.of(request), null, null)).isEqualTo(request);
    }

    @Test
    void idOfThePublisherStandsElsewhere() {
        var request = new PublishRequest(List.of("/a"), null, "data", "mine", null, false);
        assertThat(EventEntry.read(EventEntry.of(request), "mine", null)).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void entryThatIsCutOffIsRefused(PublishRequest request) {
        byte[] whole = EventEntry.of(request);
        int beforeData = whole.length - request.data().getBytes(UTF_8).length;
        for (int length = 0; length < Math.min(beforeData, 64); length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EventEntry.read(cut, null, null)).isInstanceOf(RuntimeException.class);
        }
    }
}
