package dev.tidings.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.log.LogPositions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDataTypeTest {

    private final LogPositions positions = new LogPositions(new Position(Epoch.startingAt(Instant.EPOCH), 0));
    private final EventDataType type = new EventDataType(positions);

    @Test
    void eventIsReadAsItWasWritten() {
        Event event = event("\u0000 data \uD83D\uDE80");
        assertThat(type.read(ByteBuffer.wrap(written(event))))
                .usingRecursiveComparison()
                .isEqualTo(event);
    }

    @Test
    void whatAnEventDoesNotHaveIsNotReadFromIt() {
        for (var request : List.of(
                new PublishRequest(List.of("/a"), null, null, null, null, false),
                new PublishRequest(List.of("/a"), "type", null, null, null, false),
                new PublishRequest(List.of("/a"), null, "", null, null, false),
                new PublishRequest(List.of("/a"), null, null, "mine", null, false),
                new PublishRequest(List.of("/a"), null, null, null, 0, false),
                new PublishRequest(List.of("/a"), null, null, null, null, true),
                new PublishRequest(
                        List.of("/a"),
                        null,
                        null,
                        null,
                        null,
                        false,
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))) {
            Event event = Event.kept(positions.at(1), request, Instant.EPOCH);
            assertThat(type.read(ByteBuffer.wrap(written(event))))
                    .usingRecursiveComparison()
                    .isEqualTo(event);
        }
    }

    /** Another layout takes another number, or a hub of another version misreads what it opens. */
    @Test
    void layoutIsThatOfTheFormat() {
        assertThat(EventStores.FORMAT).isEqualTo(2);
        assertThat(HexFormat.of().formatHex(written(event("data"))))
                .isEqualTo("22c641d736f87f0d2935f96a6510c5e4fb8b868f9afb9b9e8b9efb9296919afafdfdd09efdd09d");
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] whole = written(event("data"));
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x20;
            assertThatThrownBy(() -> type.read(ByteBuffer.wrap(damaged)))
                    .as("byte %d", at)
                    .isInstanceOf(MVStoreException.class);
        }
    }

    /** After a crash the store looks for these words at the ends of blocks; a publisher must not be able to put them there. */
    @ParameterizedTest
    @ValueSource(strings = {"chunk:1,len:1,version:ff,fletcher:0 ", "\u009C\u0097\u008A\u0091\u0094", "\u0733\u063A"})
    void nothingThatIsPublishedLooksLikeThePartsOfAStore(String data) {
        String bytes = new String(written(event(data.repeat(100))), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("chunk").doesNotContain("version").doesNotContain("fletcher");
    }

    private Event event(String data) {
        var request = new PublishRequest(List.of("/a", "/b"), "type", data, "mine", 5, true);
        return Event.kept(positions.at(7), request, Instant.parse("2026-01-01T00:00:00.123456789Z"));
    }

    private byte[] written(Event event) {
        var buffer = new WriteBuffer();
        type.write(buffer, event);
        var bytes = new byte[buffer.position()];
        buffer.position(0);
        buffer.get(bytes);
        return bytes;
    }
}
