package dev.tidings.container.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.container.Clients;
import dev.tidings.container.Raw;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The lines of a hub in its container's log are those of the document, as text and as JSON. The containers write them by the
 * lines of configuration that stand there, so that each line is the message alone.
 */
class LogLinesIT {

    private static final String PAGE = "docs/monitoring.md";
    private static final String PLAIN = "Nothing but the lines";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64)";
    private static final int MORE_THAN_A_FRAME = 65_537;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tokens alice = Tokens.grant("alice", List.of("/users/alice"), List.of("/orders/{id}"));
    private final Tokens shop =
            Tokens.grant("shop", List.of("/orders/{id}"), List.of()).claim("jti", "shop-1");

    @ParameterizedTest
    @EnumSource
    void linesAreThoseOfTheDocument(ContainerKind kind) {
        try (Container hub = spec(kind).start()) {
            provoke(hub);
            List<String> documented = lines(CodeBlock.of(PAGE, "Logs").code());
            Eventually.passes(() -> assertThat(lines(hub.logText())).containsAll(documented));
            assertNoTokens(hub);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withTheSettingEachLineOfTheHubIsAnObject(ContainerKind kind) throws JsonProcessingException {
        try (Container hub = spec(kind).set("tidings.logging", "json").start()) {
            provoke(hub);
            List<String> documented = lines(CodeBlock.of(PAGE, "JSON").code());
            Eventually.passes(() -> assertThat(lines(hub.logText())).containsAll(documented));
            assertNoTokens(hub);
            var loggers = new ArrayList<String>();
            for (String line : hub.logText().lines().toList()) {
                if (line.startsWith("{")) {
                    JsonNode json = JSON.readTree(line);
                    assertThat(json.path("time").asText()).endsWith("Z");
                    loggers.add(json.path("logger").asText());
                } else {
                    assertThat(line).doesNotContain("dev.tidings.").doesNotContain("tidings.jwt.key");
                }
            }
            assertThat(loggers)
                    .contains(
                            "dev.tidings.app.Bootstrap",
                            "dev.tidings.streams",
                            "dev.tidings.publishes",
                            "dev.tidings.refusals");
        }
    }

    private static ContainerSpec spec(ContainerKind kind) {
        return ContainerSpec.of(kind)
                .logging(CodeBlock.of(PAGE, PLAIN, kind == ContainerKind.JETTY ? 2 : 1)
                        .code());
    }

    /** What the lines of the document are about, in that order. */
    private void provoke(Container hub) {
        try (StreamRecorder stream = Streams.open(hub.stream("/events?topic=%2Forders%2F%7Bid%7D")
                        .with(alice)
                        .agent(AGENT));
                SocketClient socket = SocketClient.open(hub, "/ws?topic=%2Forders%2F7&token=" + alice.jwt(), alice);
                SocketClient large = SocketClient.open(hub, "/ws?topic=%2Forders%2F8", alice)) {
            socket.skipTo("welcome");
            publish(hub, shop, 201);
            stream.next();
            socket.skipTo("event");
            publish(hub, alice, 403);
            socket.send("{\"type\":\"shout\",\"token\":\"" + alice.jwt() + "\"}")
                    .skipTo("error");
            large.skipTo("welcome");
            large.send("x".repeat(MORE_THAN_A_FRAME));
            assertThat(large.awaitClose()).isEqualTo(1009);
            Clients.of(hub, "alice")
                    .forEach(client -> Clients.end(hub, client.path("id").asText()));
            stream.awaitEnd();
            socket.awaitClose();
        }
        Requests.get(hub, "/nothing/" + alice.jwt() + "?token=" + alice.jwt());
        Requests.get(hub, "/events?token=" + alice.jwt() + "x");
        Requests.get(hub, "/clients", "Cookie: mercureAuthorization=" + alice.jwt());
    }

    private static void publish(Container hub, Tokens token, int status) {
        String head = Raw.head(
                hub,
                "POST",
                "/msg?topic=%2Forders%2F7",
                "Authorization: " + token.bearer() + "\r\ntraceparent: " + TRACE
                        + "\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n");
        assertThat(Raw.send(hub, head + "shipped").status()).isEqualTo(status);
    }

    /** A part of the token that no other has, since the log may have a part of one only. */
    private void assertNoTokens(Container hub) {
        for (Tokens token : List.of(alice, shop)) {
            String jwt = token.jwt();
            assertThat(hub.logText())
                    .doesNotContain(jwt.substring(jwt.indexOf('.')))
                    .doesNotContain(jwt.substring(jwt.lastIndexOf('.') + 1));
        }
    }

    /** The lines of a text about these streams and requests, without what differs from one time to another. */
    private static List<String> lines(String text) {
        return Stream.of(text.split("\n"))
                .filter(line -> line.contains("stream ")
                        || line.contains("published")
                        || line.contains("request refused")
                        || line.contains("frame refused")
                        || line.contains("is ended"))
                .map(line -> line.replaceAll("urn:uuid:[-0-9a-f]+", "ID")
                        .replaceAll("(seconds\"?[=:])[0-9.]+", "$1N")
                        .replaceAll("\"time\":\"[^\"]+\"", "\"time\":T"))
                .toList();
    }
}
