package dev.tidings.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PackedAnswerTest {

    @Test
    void shortAnswerIsKeptAsItIs() {
        byte[] answer = "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(PackedAnswer.of(answer).unpack()).isEqualTo(answer);
        assertThat(PackedAnswer.of(answer).size()).isEqualTo(answer.length);
    }

    @Test
    void idsOfAThousandEventsTakeATenth() {
        Epoch epoch = Epoch.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
        byte[] answer = LongStream.rangeClosed(1, 1_000)
                .mapToObj(place -> '"' + new Position(epoch, place).toString() + '"')
                .collect(Collectors.joining(",", "{\"ids\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
        PackedAnswer packed = PackedAnswer.of(answer);
        assertThat(packed.unpack()).isEqualTo(answer);
        assertThat(packed.size()).isLessThan(answer.length / 10);
    }
}
