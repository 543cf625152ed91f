package dev.tidings.container.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Http2Connection;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** WebSockets over TLS; and over HTTP/2 where the container has them. */
@SecureHub
class SecureWebSocketIT {

    private static final String COOKIE = "mercureAuthorization=";

    private final Container hub;
    private final String topic = Fresh.topic();
    private final String user = Fresh.user();

    SecureWebSocketIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void socketOverTlsGoesBothWays() {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(KeyStoreFile.contextOfTheBuild())
                .build();
        URI address = URI.create(hub.secureUri() + "/ws?topic=" + Streams.encode(topic));
        Map<String, String> headers = Map.of("Authorization", Tokens.operator().bearer());
        try (SocketClient socket = SocketClient.open(http, address, headers)) {
            socket.next("welcome");
            socket.send("{\"type\":\"publish\",\"topics\":[\"" + topic + "\"],\"data\":\"hello\"}");
            JsonNode frame = socket.next();
            while (!frame.path("type").asText().equals("event")) {
                frame = socket.next();
            }
            assertThat(frame.path("data").asText()).isEqualTo("hello");
        }
    }

    /** A client drops an answer that has fields of HTTP/1.1 alone, such as the {@code Upgrade} that others are answered. */
    @Test
    void plainRequestOverHttp2IsToldToTakeHttp11() {
        Map<String, String> headers =
                Map.of("Authorization", Tokens.operator().bearer(), "Accept", "application/problem+json");
        try (Http2Connection connection = Protocol.HTTP_2.connect(hub);
                StreamRecorder answer = connection.open("/ws", headers)) {
            assertThat(answer.status()).isEqualTo(426);
            assertThat(answer.head().header("Sec-WebSocket-Version")).isEqualTo("13");
            answer.awaitEnd();
            assertThat(Streams.text(answer)).contains("HTTP/1.1");
        }
    }

    @Test
    void socketOverHttp2IsForWhomOneOverHttp11Is() {
        needsHttp2();
        String authorization = Tokens.user(user).bearer();
        assertThat(upgrade("websocket", Map.of())).isEqualTo(401);
        assertThat(upgrade("websocket", Map.of("Authorization", authorization))).isEqualTo(200);
        assertThat(upgrade("connect-udp", Map.of("Authorization", authorization)))
                .isEqualTo(501);
        Eventually.passes(() -> assertThat(Clients.of(hub, user)).isEmpty());
    }

    @Test
    void socketOverHttp2WithTheCookieIsForOwnPages() {
        needsHttp2();
        String cookie = COOKIE + Tokens.user(user).jwt();
        String own = hub.secureUri().toString();
        assertThat(upgrade("websocket", Map.of("Cookie", cookie, "Origin", own)))
                .isEqualTo(200);
        assertThat(upgrade("websocket", Map.of("Cookie", cookie, "Origin", "https://elsewhere.example")))
                .isEqualTo(403);
    }

    /** Tomcat does not say that it takes them, so browsers open a connection of HTTP/1.1 beside. */
    private void needsHttp2() {
        Assumptions.assumeTrue(hub.kind() == ContainerKind.JETTY, "Jetty alone has WebSockets over HTTP/2");
    }

    private int upgrade(String protocol, Map<String, String> more) {
        var headers = new TreeMap<>(more);
        headers.put("Sec-WebSocket-Version", "13");
        try (Http2Connection connection = Protocol.HTTP_2.connect(hub)) {
            return connection.upgrade(protocol, "/ws?topic=" + Streams.encode(topic), headers);
        }
    }
}
