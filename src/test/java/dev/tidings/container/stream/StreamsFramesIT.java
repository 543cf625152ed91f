package dev.tidings.container.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bytes that are an event. */
@OfTheDoors
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class StreamsFramesIT {

    private final Container hub;

    StreamsFramesIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void plainEventIsItsIdAndItsData() {
        assertThat(frameOf(Map.of("msg", "hello"))).isEqualTo("id: ID\ndata: hello\n\n");
    }

    @Test
    void typeComesFirst() {
        assertThat(frameOf(Map.of("msg", "hello", "type", "greeting")))
                .isEqualTo("event: greeting\nid: ID\ndata: hello\n\n");
    }

    @Test
    void retryStandsBeforeTheId() {
        assertThat(frameOf(Map.of("msg", "hello", "type", "greeting", "retry", 10_000)))
                .isEqualTo("event: greeting\nretry: 10000\nid: ID\ndata: hello\n\n");
    }

    @Test
    void typeMayBeAnyText() {
        assertThat(frameOf(Map.of("msg", "x", "type", "größer: 😀")))
                .isEqualTo("event: größer: 😀\nid: ID\ndata: x\n\n");
    }

    @Test
    void publishersIdStandsAsItIs() {
        String id = Fresh.id() + " größer: 😀";
        assertThat(frameOf(Map.of("msg", "x", "id", id))).isEqualTo("id: ID\ndata: x\n\n");
    }

    @Test
    void lineFeedBreaksTheData() {
        assertThat(frameOf(Map.of("msg", "one\ntwo"))).isEqualTo("id: ID\ndata: one\ndata: two\n\n");
    }

    @Test
    void carriageReturnBreaksTheData() {
        assertThat(frameOf(Map.of("msg", "one\rtwo"))).isEqualTo("id: ID\ndata: one\ndata: two\n\n");
    }

    @Test
    void carriageReturnWithLineFeedBreaksTheDataOnce() {
        assertThat(frameOf(Map.of("msg", "one\r\ntwo"))).isEqualTo("id: ID\ndata: one\ndata: two\n\n");
    }

    @Test
    void everyLineBreakAtTheEndIsKeptAsAnEmptyLine() {
        assertThat(frameOf(Map.of("msg", "one\n\r\r\n"))).isEqualTo("id: ID\ndata: one\ndata: \ndata: \ndata: \n\n");
    }

    @Test
    void separatorsThatAreNoLineBreaksInAStreamStayInTheData() {
        String separators = "a\u000Bb\fc\u0085d\u2028e\u2029f";
        assertThat(frameOf(Map.of("msg", separators))).isEqualTo("id: ID\ndata: " + separators + "\n\n");
    }

    @Test
    void fieldsInTheDataStayData() {
        assertThat(frameOf(Map.of("msg", "x\n\nid: 7\nevent: y\n: z")))
                .isEqualTo("id: ID\ndata: x\ndata: \ndata: id: 7\ndata: event: y\ndata: : z\n\n");
    }

    @Test
    void spacesAtBothEndsStay() {
        assertThat(frameOf(Map.of("msg", "  indented \n\tby a tab")))
                .isEqualTo("id: ID\ndata:   indented \ndata: \tby a tab\n\n");
    }

    @Test
    void emptyDataIsOneEmptyLine() {
        assertThat(frameOf(Map.of("msg", ""))).isEqualTo("id: ID\ndata: \n\n");
    }

    @Test
    void absentDataIsOneEmptyLineSoThatABrowserDispatchesIt() {
        assertThat(frameOf(Map.of("type", "tick"))).isEqualTo("event: tick\nid: ID\ndata: \n\n");
    }

    @Test
    void allOfUnicodeIsUtf8() {
        String text = "Grüße, Ελλάδα, 日本, 😀, \uFEFF, \0, \uFFFF";
        assertThat(frameOf(Map.of("msg", text))).isEqualTo("id: ID\ndata: " + text + "\n\n");
    }

    @Test
    void byteOrderMarkInFrontOfTheDataStays() {
        assertThat(frameOf(Map.of("msg", "\uFEFFx"))).isEqualTo("id: ID\ndata: \uFEFFx\n\n");
    }

    @Test
    void jsonBecomesItsCompactText() {
        assertThat(frameOf(Map.of("msg", new TreeMap<>(Map.of("a", 1, "b", Arrays.asList(true, null))))))
                .isEqualTo("id: ID\ndata: {\"a\":1,\"b\":[true,null]}\n\n");
    }

    @Test
    void largestEventComesWhole() {
        String data = "0123456789abcdé\n".repeat(61_680) + "0123456789abcdef";
        assertThat(data.getBytes(UTF_8).length).isEqualTo(1024 * 1024);
        String frame = frameOf(Map.of("msg", data));
        // Not shown where it differs: it is long.
        assertThat(frame.equals("id: ID\ndata: " + data.replace("\n", "\ndata: ") + "\n\n"))
                .isTrue();
    }

    /** What a stream brings for this event, from its first byte to its last, with ID for its id. */
    private String frameOf(Map<String, ?> fields) {
        String topic = Fresh.topic();
        var event = new TreeMap<String, Object>(fields);
        event.put("topic", topic);
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            String id = Publisher.to(hub).publish(event);
            stream.next();
            return Streams.textAfterOpening(stream).replaceFirst("(?m)^id: \\Q" + id + "\\E$", "id: ID");
        }
    }
}
