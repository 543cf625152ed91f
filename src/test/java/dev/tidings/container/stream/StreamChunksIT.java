package dev.tidings.container.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.BlockParser;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client that reads a stream by chunks sees: whole events, as soon as they come, and how the stream ended.
 *
 * <p>Some of the best known do, such as Python's requests: they hand on what a chunk holds when it is whole.
 */
@EveryContainer
class StreamChunksIT {

    /** No container makes a longer chunk: Tomcat's are of 8 KiB at most. */
    private static final int LONGEST = 128 * 1024;

    /** What every container makes one chunk of. */
    private static final int SHORT = 8_000;

    private final String topic = Fresh.topic();
    private final String user = Fresh.user();
    private final Container hub;
    private final Publisher publisher;

    StreamChunksIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events?", "/events?frame=json&", "/.well-known/mercure?"})
    void openingAndEachEventAreAChunk(String address) {
        try (RawClient client = open(address + "topic=" + topic)) {
            assertThat(text(client.chunk())).matches(":\n(retry: 2000\nid: " + Streams.POSITION + "\n\n)?");
            for (String data : List.of("one", "two\nthree", "x".repeat(SHORT / 2))) {
                String id = publisher.publish(topic, data);
                byte[] chunk = next(client);
                assertThat(blocks(chunk)).extracting(Block::id).containsExactly(id);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events?", "/events?frame=json&", "/.well-known/mercure?"})
    void chunkOfManyEventsHoldsThemWhole(String address) {
        List<Map<String, Object>> events = IntStream.rangeClosed(1, 1_000)
                .mapToObj(i -> Map.<String, Object>of("topic", topic, "msg", "x".repeat(i % 700)))
                .toList();
        try (RawClient client = open(address + "topic=" + topic)) {
            client.chunk();
            assertChunksAreWhole(client, publisher.publishAll(events));
        }
    }

    @Test
    void chunkOfHistoryHoldsEventsWhole() {
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            ids.add(publisher.publish(topic, "x".repeat(i * 20)));
        }
        try (RawClient client = open("/events?topic=" + topic + "&lastEventID=earliest")) {
            client.chunk();
            assertChunksAreWhole(client, ids);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9_000, 70_000, 140_000, 900_000})
    void eventThatIsLongerThanAChunkIsSeveralOfItsOwn(int length) {
        String data = "x".repeat(length);
        try (RawClient client = open("/events?topic=" + topic)) {
            client.chunk();
            String id = publisher.publish(topic, data);
            var event = new StringBuilder();
            while (!event.toString().endsWith("\n\n")) {
                byte[] chunk = next(client);
                assertThat(chunk.length).isBetween(1, LONGEST);
                event.append(text(chunk));
            }
            assertThat(event).hasToString("id: " + id + "\ndata: " + data + "\n\n");
            String next = publisher.publish(topic, "next");
            assertThat(text(next(client))).isEqualTo("id: " + next + "\ndata: next\n\n");
        }
    }

    @Test
    void connectionOfAStreamThatEndedServesTheNextRequest() {
        try (RawClient client = open("/events?topic=" + topic)) {
            client.chunk();
            publisher.publish(topic, "x");
            next(client);
            Clients.end(hub, Clients.idOf(hub, user));
            assertThat(next(client)).isEmpty();
            ResponseHead next = client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .head();
            assertThat(client.text(next)).isEqualTo("{\"status\":\"ok\"}\n");
        }
    }

    /** As nginx does towards its backends unless it is told otherwise. */
    @Test
    void clientThatWillCloseItsConnectionGetsChunksToo() {
        try (RawClient client = hub.connect()) {
            String request = request("/events?topic=" + topic, "HTTP/1.1");
            ResponseHead head = client.send(request.replaceFirst("\r\n", "\r\nConnection: close\r\n"))
                    .head();
            assertThat(head.headers("Transfer-Encoding")).containsExactly("chunked");
            client.chunk();
            String id = publisher.publish(topic, "x");
            assertThat(text(next(client))).isEqualTo("id: " + id + "\ndata: x\n\n");
            Clients.end(hub, Clients.idOf(hub, user));
            assertThat(next(client)).isEmpty();
        }
    }

    @Test
    void clientOfHttp10GetsTheSameStreamUntilTheConnectionsEnd() throws IOException {
        try (RawClient client = hub.connect()) {
            ResponseHead head =
                    client.send(request("/events?topic=" + topic, "HTTP/1.0")).head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers("Transfer-Encoding")).isEmpty();
            assertThat(head.headers("Content-Length")).isEmpty();
            var body = new BufferedReader(new InputStreamReader(client.body(head), UTF_8));
            assertThat(lines(body, 4)).startsWith(":", "retry: 2000").endsWith("");
            String id = publisher.publish(topic, "plain");
            assertThat(lines(body, 3)).containsExactly("id: " + id, "data: plain", "");
            Clients.end(hub, Clients.idOf(hub, user));
            assertThat(body.lines()).isEmpty();
        }
    }

    private static List<String> lines(BufferedReader body, int count) throws IOException {
        var lines = new ArrayList<String>();
        while (lines.size() < count) {
            lines.add(body.readLine());
        }
        return lines;
    }

    /** Sees that these events come, in chunks that begin and end with blocks, fewer than there are events. */
    private static void assertChunksAreWhole(RawClient client, List<String> ids) {
        var seen = new ArrayList<String>();
        int chunks = 0;
        while (seen.size() < ids.size()) {
            byte[] chunk = next(client);
            blocks(chunk).stream().filter(Block::isEvent).forEach(event -> seen.add(event.id()));
            chunks++;
        }
        assertThat(seen).isEqualTo(ids);
        assertThat(chunks).isLessThan(ids.size());
    }

    /**
     * The next chunk that is no lone comment line. Such a line has the end of the chunk before it leave on Jetty, which
     * would keep it; without one {@link RawClient#chunk} would wait for the next event.
     */
    private static byte[] next(RawClient client) {
        byte[] chunk;
        do {
            chunk = client.chunk();
        } while (text(chunk).equals(":\n"));
        return chunk;
    }

    private static List<Block> blocks(byte[] chunk) {
        var parser = new BlockParser();
        List<Block> blocks = parser.feed(chunk, 0, chunk.length);
        assertThat(parser.rest()).isEmpty();
        return blocks;
    }

    /** Opens a stream; its first chunk is its opening. */
    private RawClient open(String target) {
        RawClient client = hub.connect();
        ResponseHead head = client.send(request(target, "HTTP/1.1")).head();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers("Transfer-Encoding")).containsExactly("chunked");
        assertThat(head.headers("Connection")).doesNotContain("close");
        return client;
    }

    private String request(String target, String protocol) {
        return "GET " + target + " " + protocol + "\r\nHost: localhost\r\nAuthorization: "
                + Tokens.user(user).bearer() + "\r\n\r\n";
    }

    private static String text(byte[] chunk) {
        return new String(chunk, UTF_8);
    }
}
