package dev.tidings.http.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Position;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Mutations;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Wherever a stream is to resume, it opens and says where it does, or the request is refused with a reason. */
class ResumeFuzzTest {

    private static StreamingHub hub;
    private static String known;

    @BeforeContainer
    static void start() {
        hub = new StreamingHub();
        hub.publish("/a", "1");
        known = hub.publish("/a", "2").id();
        hub.publish("/a", "3");
    }

    @AfterContainer
    static void stop() {
        hub.close();
    }

    @Provide
    Arbitrary<byte[]> ids() {
        return Mutations.of(
                known, "earliest", "urn:uuid:0195a0c4-12d3-7a51-8f20-000000000001", "mine", "é-\uD83D\uDE80", "7");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void streamResumesOrIsRefused(@ForAll("ids") byte[] id, @ForAll("fields") String field) {
        String header = field.isEmpty() ? "Last-Event-ID: " + headerValue(id) + "\r\n" : "";
        String query = field.isEmpty() ? "" : "&" + field + "=" + percent(id);
        try (RawClient client = hub.connect()) {
            String request = "HEAD /events?topic=/a" + query + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
            ResponseHead head = client.send(request.getBytes(ISO_8859_1)).head();
            if (head.status() == 200) {
                String resumed = new String(head.header("Last-Event-ID").getBytes(ISO_8859_1), UTF_8);
                assertThat(resumed).isIn("", "earliest", known, asked(id, field));
            } else {
                assertThat(head.status()).isIn(400, 414, 431);
            }
        }
        Eventually.holds("nobody is registered", () -> hub.subscribers() == 0);
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.of("", "lastEventID", "last-event-id", "LAST_EVENT_ID");
    }

    /** A known id in another form, or one that is another's beginning, is not taken for the known one. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void positionIsReadAsItIsWrittenOrNotAtAll(@ForAll("ids") byte[] id) {
        String text = new String(id, UTF_8);
        Position read = Position.parse(text);
        assertThat(read == null || read.toString().equals(text)).isTrue();
    }

    private static String asked(byte[] id, String field) {
        return field.isEmpty() ? new String(id, UTF_8).strip() : new String(id, UTF_8);
    }

    /** What may stand in a header: no line breaks and no NUL, which servers refuse. */
    private static String headerValue(byte[] id) {
        return new String(id, ISO_8859_1).replaceAll("[\r\n\0]", " ");
    }

    private static String percent(byte[] bytes) {
        var text = new StringBuilder();
        for (byte each : bytes) {
            text.append(String.format("%%%02X", each));
        }
        return text.length() > 6_000 ? text.substring(0, 6_000) : text.toString();
    }
}
