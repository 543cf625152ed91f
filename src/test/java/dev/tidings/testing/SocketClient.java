package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of {@code /ws} that keeps what it is sent: the JDK's own WebSocket, which answers pings by itself.
 *
 * <p><b>Threads.</b> The test's own; waiting for a frame gives up after {@link Eventually#LIMIT}.
 */
public final class SocketClient implements AutoCloseable {

    private static final HttpClient HTTP = client();
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .build();

    private final Recorder recorder = new Recorder();
    private final WebSocket socket;

    private static HttpClient client() {
        HttpClient.Builder builder = HttpClient.newBuilder();
        return SuiteProtocol.SPOKEN.isSecure()
                ? builder.sslContext(KeyStoreFile.contextOfTheBuild()).build()
                : builder.build();
    }

    private SocketClient(HttpClient http, URI uri, Map<String, String> headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = Eventually.value(builder.buildAsync(uri, recorder));
    }

    /** Connects to {@code target}, below the context path, with the token in the header. */
    public static SocketClient open(Container hub, String target, Tokens token) {
        return open(hub, target, Map.of("Authorization", token.bearer()));
    }

    /** Connects with these headers; fails when the handshake is refused. */
    public static SocketClient open(Container hub, String target, Map<String, String> headers) {
        return open(HTTP, hub.uri(target), headers);
    }

    /** Connects with this client to an address that begins with {@code http}, with these headers. */
    public static SocketClient open(HttpClient http, URI address, Map<String, String> headers) {
        return new SocketClient(http, URI.create(address.toString().replaceFirst("http", "ws")), headers);
    }

    /** The status with which a handshake with these headers is refused; 101 when it is not. */
    public static int status(Container hub, String target, Map<String, String> headers) {
        try {
            open(hub, target, headers).close();
            return 101;
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw failed;
        }
    }

    /** Sends a text frame. */
    public SocketClient send(String text) {
        Eventually.value(socket.sendText(text, true));
        return this;
    }

    /** Sends a text message in two frames. */
    public SocketClient sendInParts(String first, String second) {
        Eventually.value(socket.sendText(first, false));
        return send(second);
    }

    /** Sends a binary frame. */
    public SocketClient sendBinary(byte[] bytes) {
        Eventually.value(socket.sendBinary(ByteBuffer.wrap(bytes), true));
        return this;
    }

    /** Closes its side, and the hub's. */
    public SocketClient finish() {
        Eventually.value(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        return this;
    }

    /** The next frame; fails at once when the socket has closed and there is none. */
    public JsonNode next() {
        try {
            String text = recorder.frames.poll(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(text).as("a frame").isNotNull();
            if (text.equals(Recorder.CLOSED)) {
                recorder.frames.add(text);
                throw new AssertionError("It was closed: " + recorder.closed);
            }
            return JSON.readTree(text);
        } catch (InterruptedException | JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The next frame, which has to be of this type; a quiet peer may be told of a position at any time. */
    public JsonNode next(String type) {
        JsonNode frame = next();
        while (frame.path("type").asText().equals("position") && !type.equals("position")) {
            frame = next();
        }
        assertThat(frame.path("type").textValue()).as(frame.toString()).isEqualTo(type);
        return frame;
    }

    /**
     * The next frame that is of this type; those before it are left out, unless it is one that matters always: an event,
     * a gap or an error.
     */
    public JsonNode skipTo(String type) {
        JsonNode frame = next();
        while (!frame.path("type").asText().equals(type)) {
            assertThat(frame.path("type").asText()).as(frame.toString()).isNotIn("event", "gap", "error");
            frame = next();
        }
        return frame;
    }

    /** The data of the next ping. */
    public String nextPing() {
        try {
            String ping = recorder.pings.poll(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(ping).as("a ping").isNotNull();
            return ping;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The code with which the hub closes. */
    public int awaitClose() {
        return Eventually.value(recorder.closed);
    }

    /** Sees that nothing came that was not taken: an echo is answered at once. */
    public void assertExhausted() {
        send("{\"type\":\"echo\",\"data\":\"marker\"}");
        assertThat(next("echo").path("data").textValue()).isEqualTo("marker");
    }

    /** Vanishes without a goodbye. */
    @Override
    public void close() {
        socket.abort();
    }

    private static final class Recorder implements WebSocket.Listener {

        /** Stands after the last frame. */
        private static final String CLOSED = "";

        private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<String> pings = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
            pings.add(StandardCharsets.US_ASCII.decode(message).toString());
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            closed.complete(status);
            frames.add(CLOSED);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
            frames.add(CLOSED);
        }
    }
}
