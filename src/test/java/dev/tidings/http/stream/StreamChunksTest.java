package dev.tidings.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What Jetty makes of a stream's writes: chunks of whole events, and a comment line where a client may wait for the end
 * of one.
 */
class StreamChunksTest {

    private static final String TARGET = "/events?topic=/a";

    /** Jetty cuts what is longer. */
    private static final int LONGEST = 128 * 1024;

    private final InProcessJetty jetty = new InProcessJetty();
    private final StreamingHub hub = new StreamingHub(jetty);

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void eventIsAChunkThatAClientSeesAtOnce() {
        try (RawClient client = open("HTTP/1.1", "")) {
            assertThat(text(client.chunk())).startsWith(":\nretry: 2000\n");
            for (String data : List.of("1", "x".repeat(100_000), "3")) {
                Event event = hub.publish("/a", data);
                assertThat(text(next(client))).isEqualTo(text(event.frame()));
            }
        }
    }

    @Test
    void eventThatIsLongerThanAChunkIsSeveral() {
        try (RawClient client = open("HTTP/1.1", "")) {
            client.chunk();
            String frame = text(hub.publish("/a", "x".repeat(2 * LONGEST)).frame());
            assertThat(text(next(client))).isEqualTo(frame.substring(0, LONGEST));
            assertThat(text(next(client))).isEqualTo(frame.substring(LONGEST, 2 * LONGEST));
            assertThat(text(next(client))).isEqualTo(frame.substring(2 * LONGEST));
        }
    }

    /** As nginx does towards its backends unless it is told otherwise. */
    @Test
    void clientThatWillCloseItsConnectionGetsChunksToo() {
        try (RawClient client = connect()) {
            ResponseHead head =
                    client.send(request("HTTP/1.1", "Connection: close\r\n")).head();
            assertThat(head.headers("Transfer-Encoding")).containsExactly("chunked");
        }
    }

    @Test
    void clientOfHttp10GetsNoChunksAndNoCommentLines() throws IOException {
        try (RawClient client = connect()) {
            ResponseHead head = client.send(request("HTTP/1.0", "")).head();
            assertThat(head.headers("Transfer-Encoding")).isEmpty();
            String first = text(hub.publish("/a", "1").frame());
            String expected = text(client.body(head).readNBytes(":\nretry: 2000\n".length()));
            assertThat(expected).isEqualTo(":\nretry: 2000\n");
            assertThat(readUntil(client, head, first)).endsWith("\n\n" + first);
            String second = text(hub.publish("/a", "2").frame());
            assertThat(readUntil(client, head, second)).isEqualTo(second);
        }
    }

    @Test
    void browserIsSparedTheCommentLines() {
        try (StreamRecorder stream = request().open()) {
            assertThat(stream.nextBlock().retry()).isEqualTo(2_000);
            publishTwo(stream);
            assertThat(text(stream.bytes()).split("(?m)^:$", -1))
                    .as("but for the opening")
                    .hasSize(2);
        }
    }

    @Test
    void whoeverDoesNotFetchAsBrowsersDoGetsThem() {
        assertThatCommentsCome(request().agent(""));
        assertThatCommentsCome(request().agent("").header("Sec-Fetch-Mode", "cors"));
        assertThatCommentsCome(request().agent("a script").header("Sec-Fetch-Mode", "cors"));
        assertThatCommentsCome(request().agent("Mozilla/5.0 (a script)"));
    }

    private void assertThatCommentsCome(StreamRequest request) {
        try (StreamRecorder stream = request.open()) {
            publishTwo(stream);
            Eventually.holds("one comes last", () -> text(stream.bytes()).endsWith("data: 2\n\n:\n"));
        }
    }

    private void publishTwo(StreamRecorder stream) {
        for (String data : List.of("1", "2")) {
            hub.publish("/a", data);
            assertThat(stream.next().data()).isEqualTo(data);
        }
    }

    private StreamRequest request() {
        return hub.stream(TARGET);
    }

    /** Opens a stream; its first chunk is its opening. */
    private RawClient open(String protocol, String header) {
        RawClient client = connect();
        assertThat(client.send(request(protocol, header)).head().status()).isEqualTo(200);
        return client;
    }

    private RawClient connect() {
        URI uri = jetty.uri();
        return RawClient.connect(uri);
    }

    private static String request(String protocol, String header) {
        return "GET " + TARGET + " " + protocol + "\r\nHost: localhost\r\n" + header + "\r\n";
    }

    private static String readUntil(RawClient client, ResponseHead head, String end) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int octet = client.body(head).read();
            assertThat(octet).as("the stream goes on").isNotNegative();
            text.append((char) octet);
        }
        return text.toString();
    }

    /** The next chunk that is no lone comment line. */
    private static byte[] next(RawClient client) {
        byte[] chunk;
        do {
            chunk = client.chunk();
        } while (text(chunk).equals(":\n"));
        return chunk;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
