package dev.tidings.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    private static final long LAST = (1L << 48) - 1;

    private final Epoch epoch = Epoch.startingAt(Instant.parse("2026-02-03T04:05:06.789Z"));

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 255, 1L << 32, LAST})
    void textReadsBack(long sequence) {
        var position = new Position(epoch, sequence);
        assertThat(Position.parse(position.toString())).isEqualTo(position);
    }

    @Test
    void everyEpochReadsBack() {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            var epoch = new Epoch(random.nextLong() & ~0xF000L | 0x7000L, random.nextInt(1 << 14));
            var position = new Position(epoch, random.nextLong() & LAST);
            assertThat(Position.parse(position.toString())).isEqualTo(position);
        }
    }

    @Test
    void textIsAUuidOfVersion7() {
        UUID uuid = UUID.fromString(new Position(epoch, 5).toString().substring("urn:uuid:".length()));
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void textBeginsWithTheBirthOfTheLog() {
        long birth = Instant.parse("2026-02-03T04:05:06.789Z").toEpochMilli();
        assertThat(new Position(epoch, 5).toString().replace("-", ""))
                .startsWith("urn:uuid:" + "%012x".formatted(birth));
    }

    @Test
    void textsSortAsTheSequencesDo() {
        List<String> texts = LongStream.of(0, 1, 9, 10, 255, 256, 99_999, 1L << 40, LAST)
                .mapToObj(sequence -> new Position(epoch, sequence).toString())
                .toList();
        assertThat(texts).isSorted();
    }

    @Test
    void anotherLogsPositionIsAnother() {
        Position other = new Position(Epoch.startingAt(Instant.parse("2026-02-03T04:05:06.789Z")), 5);
        assertThat(Position.parse(other.toString())).isNotEqualTo(new Position(epoch, 5));
    }

    @Test
    void positionLeadsToAnotherOfTheSameLog() {
        assertThat(new Position(epoch, 5).at(6)).isEqualTo(new Position(epoch, 6));
    }

    @Test
    void upperCaseIsNoPosition() {
        String text = "urn:uuid:019c2abc-def0-7abc-8def-000000000001";
        assertThat(Position.parse(text)).isNotNull();
        assertThat(Position.parse(text.replace("abc", "ABC"))).isNull();
        assertThat(Position.parse(text.replace("urn", "URN"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "urn:uuid:",
                "earliest",
                "019c2abc-def0-7abc-8def-000000000001",
                "urn:uuid:019c2abc-def0-4abc-8def-000000000001",
                "urn:uuid:019c2abc-def0-7abc-cdef-000000000001",
                "urn:uuid:019c2abc-def0-7abc-8def-00000000000g",
                "urn:uuid:019c2abc-def0-7abc-8def-0000000000001",
                "urn:uuid:019c2abcd-ef0-7abc-8def-000000000001",
                "urn:uuid:019c2abcdef0-7abc-8def-0000000000001",
                "urn:uuid:+19c2abc-def0-7abc-8def-000000000001",
                " urn:uuid:019c2abc-def0-7abc-8def-00000000001"
            })
    void garbageIsNoPosition(String text) {
        assertThat(Position.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, LAST + 1})
    void sequenceOutsideOfALogIsRefused(long sequence) {
        assertThatThrownBy(() -> new Position(epoch, sequence)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void epochsOfOneInstantDiffer() {
        Instant birth = Instant.parse("2026-02-03T04:05:06.789Z");
        assertThat(Epoch.startingAt(birth)).isNotEqualTo(Epoch.startingAt(birth));
    }

    @Test
    void epochOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> new Epoch(0x4000, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void epochBeyondItsBitsIsRefused() {
        assertThatThrownBy(() -> new Epoch(0x7000, 1 << 14)).isInstanceOf(IllegalArgumentException.class);
    }
}
