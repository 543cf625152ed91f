package dev.tidings.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Answer;
import dev.tidings.testing.OpenApi;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** A container without WebSockets, such as a Jetty that lacks the module for them, serves all else. */
class WithoutWebSocketsTest {

    @Test
    void webSocketIsRefusedAsItIsDescribed() throws Exception {
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var context = new ServletContextHandler();
        context.setInitParameter("tidings.jwt.key", Tokens.SECRET);
        context.addEventListener(new Bootstrap());
        server.setHandler(context);
        server.start();
        try {
            Answer answer = handshake(URI.create("http://127.0.0.1:" + connector.getLocalPort()));
            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.body()).contains("ee10-websocket-jakarta", "/events");
            OpenApi.read().assertDescribed(new OpenApi.Operation("/ws", "GET"), answer);
        } finally {
            server.stop();
        }
    }

    private static Answer handshake(URI uri) {
        try (RawClient client = RawClient.connect(uri)) {
            ResponseHead head = client.send("GET /ws?topic=/a HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                            + Tokens.operator().bearer()
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .head();
            return new Answer(head.status(), head.headers(), client.text(head));
        }
    }
}
