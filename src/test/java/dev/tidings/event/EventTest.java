package dev.tidings.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTest {

    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06Z");

    private final Position position = new Position(Epoch.startingAt(TIME), 7);

    @Test
    void keptEventBearsItsPublishersId() {
        assertThat(Event.kept(position, request("mine", "x"), TIME).id()).isEqualTo("mine");
    }

    @Test
    void keptEventWithoutAnIdBearsItsPosition() {
        assertThat(Event.kept(position, request(null, "x"), TIME).id()).isEqualTo(position.toString());
    }

    @Test
    void passingEventAlwaysBearsThePositionOfTheLogsEnd() {
        Event passing = Event.passing(position, request("mine", "x"), TIME);
        assertThat(passing.passing()).isTrue();
        assertThat(passing.id()).isEqualTo(position.toString());
    }

    @Test
    void frameIsSharedByAllReaders() {
        Event event = Event.kept(position, request("mine", "x"), TIME);
        assertThat(event.frame()).isSameAs(event.frame());
        assertThat(new String(event.frame(), UTF_8)).isEqualTo("id: mine\ndata: x\n\n");
    }

    @Test
    void sizeCoversTextAndFrame() {
        String lines = "\n".repeat(10_000);
        Event event = Event.kept(position, request("mine", lines), TIME);
        assertThat(event.size()).isGreaterThan(event.frame().length + lines.length());
    }

    @Test
    void textSizeIsThatOfDataIdTypeAndTopics() {
        var request = new PublishRequest(List.of("/a", "/ж"), "typ", "é", "id", 5, false);
        assertThat(Event.kept(position, request, TIME).textSize()).isEqualTo(2 + 3 + 3 + 2 + 2);
        assertThat(Event.kept(position, new PublishRequest(List.of("/a"), null, null, null, null, false), TIME)
                        .textSize())
                .isEqualTo(2);
    }

    /** Found when an event of a thousand short topics took eight times what was counted. */
    @Test
    void sizeCountsWhatEachTopicTakes() {
        List<String> topics =
                IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();
        var request = new PublishRequest(topics, null, "x", null, null, false);
        assertThat(Event.kept(position, request, TIME).size()).isGreaterThan(1_000 * 52);
    }

    @Test
    void eventIsWhatWasAskedFor() {
        var request = new PublishRequest(List.of("/a", "/b"), "t", "x", "mine", 5, true);
        Event event = Event.kept(position, request, TIME);
        assertThat(event.topics()).containsExactly("/a", "/b");
        assertThat(event.type()).isEqualTo("t");
        assertThat(event.data()).isEqualTo("x");
        assertThat(event.publisherId()).isEqualTo("mine");
        assertThat(event.retry()).isEqualTo(5);
        assertThat(event.isPrivate()).isTrue();
        assertThat(Event.kept(position, request(null, "x"), TIME).isPrivate()).isFalse();
    }

    @Test
    void keptEventHasItsSequenceAndTime() {
        Event event = Event.kept(position, request("mine", "x"), TIME);
        assertThat(event.position()).isEqualTo(position);
        assertThat(event.sequence()).isEqualTo(7);
        assertThat(event.time()).isEqualTo(TIME);
        assertThat(event.passing()).isFalse();
    }

    @Test
    void logLineNamesAnEventByIdAndTopics() {
        assertThat(Event.kept(position, request("mine", "x"), TIME)).hasToString("Event[mine [/a]]");
    }

    @Test
    void sizeOfASmallEventIsThatOfItsObjects() {
        assertThat(Event.kept(position, request(null, "x"), TIME).size()).isBetween(376, 396);
    }

    /** In memory an ASCII text takes a byte a character, any other two; in the frame all are UTF-8. */
    @ParameterizedTest
    @CsvSource({"x, 2", "é, 4", "中, 5"})
    void eachCharacterCountsInMemoryAndInTheFrame(String character, int bytes) {
        assertThat(sizeOf("t", character.repeat(1_100), "id", "/a") - sizeOf("t", character.repeat(100), "id", "/a"))
                .isEqualTo(1_000 * bytes);
    }

    @Test
    void typeAndIdAndTopicCountAsTheDataDo() {
        int least = sizeOf("t", "é", "i", "/");
        assertThat(sizeOf("t".repeat(101), "é", "i", "/")).isEqualTo(least + 300);
        assertThat(sizeOf("t", "é", "i".repeat(101), "/")).isEqualTo(least + 300);
        assertThat(sizeOf("t", "é", "i", "/".repeat(101))).isEqualTo(least + 300);
    }

    private int sizeOf(String type, String data, String id, String topic) {
        return Event.kept(position, new PublishRequest(List.of(topic), type, data, id, null, false), TIME)
                .size();
    }

    private static PublishRequest request(String id, String data) {
        return new PublishRequest(List.of("/a"), null, data, id, null, false);
    }
}
