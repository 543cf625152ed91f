package dev.tidings.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands between a response and its socket has the whole stream: no event is written past it. */
class ResponseSocketTest {

    /** The last is more than one write to a socket. */
    private static final List<String> EVENTS = List.of("x1", "x2", "x3", "4 " + "x".repeat(300_000));

    @Test
    void nothingStandsBetween() {
        try (var hub = new StreamingHub()) {
            StreamRecorder stream = assertDelivers(hub, hub.stream("/events?topic=/a"), UnaryOperator.identity());
            assertThat(stream.head().header("Connection")).isEqualTo("close");
            assertThat(stream.head().header("Transfer-Encoding")).isEmpty();
        }
    }

    @Test
    void tlsEncryptsTheWholeStream(@TempDir Path directory) {
        KeyStoreFile store = KeyStoreFile.in(directory);
        try (var hub = new StreamingHub(new InProcessJetty(store))) {
            StreamRequest request = hub.stream("/events?topic=/a").over(store.sslContext());
            StreamRecorder stream = assertDelivers(hub, request, UnaryOperator.identity());
            assertThat(stream.head().header("Connection")).isEmpty();
            assertThat(stream.head().header("Transfer-Encoding")).isEqualTo("chunked");
        }
    }

    @Test
    @SuppressWarnings("removal")
    void handlerCompressesTheWholeStream() {
        var gzip = new GzipHandler();
        gzip.setExcludedMimeTypes();
        gzip.setSyncFlush(true);
        gzip.setIncludedMimeTypes("text/event-stream");
        try (var hub = new StreamingHub(new InProcessJetty().behind(gzip))) {
            StreamRequest request = hub.stream("/events?topic=/a").header("Accept-Encoding", "gzip");
            StreamRecorder stream = assertDelivers(hub, request, UnaryOperator.identity());
            assertThat(stream.head().header("Content-Encoding")).isEqualTo("gzip");
        }
    }

    @Test
    void handlerChangesTheWholeStream() {
        try (var hub = new StreamingHub(new InProcessJetty().behind(Shouting.handler()))) {
            assertDelivers(hub, hub.stream("/events?topic=/a"), Shouting::shouted);
        }
    }

    @Test
    void filterChangesTheWholeStream() {
        try (var hub = new StreamingHub(new InProcessJetty().filter("/*", Shouting.filter()))) {
            assertDelivers(hub, hub.stream("/events?topic=/a"), Shouting::shouted);
        }
    }

    /** Jetty frames what has trailers, whatever else the headers say, and does not say that it does. */
    @Test
    void trailersFrameTheWholeStream() {
        Filter trailing = (request, response, chain) -> {
            ((HttpServletResponse) response).setTrailerFields(() -> Map.of("Server-Timing", "all"));
            chain.doFilter(request, response);
        };
        try (var hub = new StreamingHub(new InProcessJetty().filter("/*", trailing))) {
            assertDelivers(hub, hub.stream("/events?topic=/a"), UnaryOperator.identity());
        }
    }

    /** Sees that each event arrives as it is after this change; returns the stream, which is closed. */
    private static StreamRecorder assertDelivers(
            StreamingHub hub, StreamRequest request, UnaryOperator<String> changed) {
        try (StreamRecorder stream = request.open()) {
            for (String data : EVENTS) {
                hub.publish("/a", data);
                assertThat(stream.next().data()).isEqualTo(changed.apply(data));
            }
            return stream;
        }
    }
}
