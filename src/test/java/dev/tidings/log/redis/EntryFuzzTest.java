package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.EventFrame;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.testing.Mutations;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever somebody else has put into Redis, an entry is an event as publishers make them, or stands for none. */
class EntryFuzzTest {

    private static final Logger LOGGER = Logger.getLogger(StreamEntry.class.getName());

    private static final Position POSITION = new Position(Epoch.of(1, 2), 7);

    @BeforeContainer
    static void silence() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterContainer
    static void speak() {
        LOGGER.setLevel(null);
    }

    @Provide
    Arbitrary<byte[]> entries() {
        return Mutations.ofBytes(List.of(
                EventEntry.of(new PublishRequest(List.of("/a"), null, "data", null, null, false)),
                EventEntry.of(new PublishRequest(List.of("/users/bob", "/b"), "type", "1\n2", null, 3_000, true)),
                EventEntry.of(new PublishRequest(List.of("/ж"), "ж", "\uD83D\uDE80", null, 0, false))));
    }

    @Provide
    Arbitrary<byte[]> texts() {
        return Mutations.of("mine", "1", "1700000000000", "-9223372036854775808", "urn:uuid:x");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void entryIsAnEventOrStandsForNone(
            @ForAll("entries") byte[] bytes, @ForAll("texts") byte[] id, @ForAll("texts") byte[] time) {
        var entry = new StreamEntry(
                1, 7, List.of("t".getBytes(UTF_8), time, "i".getBytes(UTF_8), id, "e".getBytes(UTF_8), bytes));
        Event event = entry.kept(POSITION);
        assertThat(event.topics()).isNotEmpty();
        assertThat(event.topics().stream().anyMatch(topic -> topic.startsWith("/users/")) && !event.isPrivate())
                .isFalse();
        assertThat(event.time().toString()).isNotEmpty();
        byte[] frame = EventFrame.event(event.type(), event.retry(), event.id(), event.data());
        assertThat(blocks(new String(frame, UTF_8))).isEqualTo(1);
        assertThat(entry.passing(POSITION).topics()).isNotEmpty();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void entryOfAnyFieldsIsNoFault(@ForAll List<byte[]> fields) {
        var entry = new StreamEntry(0, 0, fields);
        assertThat(entry.kept(POSITION).topics()).isNotEmpty();
        assertThat(entry.size()).isNotNegative();
        assertThatCode(() -> entry.number("s")).doesNotThrowAnyException();
    }

    /** How many blocks a browser makes of it. */
    private static long blocks(String frame) {
        return frame.split("\r\n\r\n|\n\n|\r\r", -1).length - 1L;
    }
}
