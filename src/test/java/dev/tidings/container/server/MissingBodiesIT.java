package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.OwnContainers;
import dev.tidings.container.Raw;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are announced and never come hold nobody up: more of them than the container has threads. */
@ParameterizedClass
@MethodSource("containers")
class MissingBodiesIT {

    private static final int THREADS = 30;

    private static final int SENDERS = 45;
    private static final String FORM = Site.FORM + "\r\n";
    private static final String OWN = Site.OWN + "\r\n";

    @Parameter
    Container container;

    private final List<RawClient> senders = new ArrayList<>();

    static Stream<Container> containers() {
        return OwnContainers.of(spec -> spec.set("tidings.anonymous", "true").threads(THREADS));
    }

    @AfterEach
    void leave() {
        senders.forEach(RawClient::close);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /login",
        "POST, /logout",
        "POST, /msg",
        "POST, /.well-known/mercure",
        "POST, /events",
        "POST, /ws",
        "GET, /events?topic=/a",
        "GET, /health",
        "GET, /console",
        "GET, /assets/tidings.css",
        "DELETE, /clients/x",
        "PUT, /nothing",
        "OPTIONS, /msg",
        "TRACE, /events",
        "POST, /WEB-INF/x",
    })
    void strangersWhoseBodiesNeverComeHoldNobodyUp(String method, String target) {
        send(method, target, OWN + FORM + "Content-Length: 100\r\n");
        assertNobodyWaits();
        send(method, target, OWN + FORM + "Transfer-Encoding: chunked\r\n");
        assertNobodyWaits();
    }

    /** Containers heed the question in HTTP/1.1 only, and send nobody away whose request is good without its body. */
    @ParameterizedTest
    @CsvSource({"POST, /login, 1.0", "POST, /msg, 1.0", "POST, /msg, 1.1", "OPTIONS, /msg, 1.1", "POST, /WEB-INF/x, 1.1"
    })
    void strangersWhoAskBeforeTheySendHoldNobodyUp(String method, String target, String version) {
        String head = Raw.head(container, method, target, FORM + "Expect: 100-continue\r\nContent-Length: 100\r\n")
                .replace("HTTP/1.1", "HTTP/" + version);
        for (int i = 0; i < SENDERS; i++) {
            senders.add(container.connect().send(head));
        }
        assertNobodyWaits();
    }

    @ParameterizedTest
    @CsvSource({
        "/msg, application/x-www-form-urlencoded",
        "/msg, application/json",
        "/msg, application/x-ndjson",
        "/msg?topic=/a, text/plain",
        "/msg, application/xml",
        "/.well-known/mercure, application/x-www-form-urlencoded",
        "/clients/x, text/plain",
    })
    void publisherWhoseBodiesNeverComeHoldsNobodyUp(String target, String type) {
        String mallory =
                Raw.authorized(Tokens.grant("mallory", List.of("*"), List.of())) + "Content-Type: " + type + "\r\n";
        send("POST", target, mallory + "Content-Length: 100\r\n");
        assertNobodyWaits();
        send("POST", target, mallory + "Transfer-Encoding: chunked\r\n\r\n5\r\nto");
        assertNobodyWaits();
    }

    @Test
    void refusedBodyIsStillReadSoThatItsSenderHearsTheRefusal() {
        String head = Raw.head(container, "POST", "/msg", FORM + "Content-Length: 1000000\r\n");
        try (RawClient client = container.connect()) {
            ResponseHead answer = client.send(head + "x".repeat(1_000_000)).head();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.text(answer)).contains("No token came");
        }
    }

    @Test
    void whatFollowsABodyThatNobodyReadIsNoRequest() {
        String smuggled = Raw.head(container, "GET", "/health", "");
        for (String framing :
                List.of("Content-Length: " + smuggled.length() + "\r\n", "Transfer-Encoding: chunked\r\n")) {
            try (RawClient client = container.connect()) {
                String body = framing.startsWith("T")
                        ? Integer.toHexString(smuggled.length()) + "\r\n" + smuggled + "\r\n0\r\n\r\n"
                        : smuggled;
                ResponseHead answer = client.send(Raw.head(container, "DELETE", "/clients/x", framing) + body)
                        .head();
                assertThat(answer.status()).isEqualTo(401);
                assertThat(client.text(answer)).contains("No token came");
                assertThat(readToEnd(client)).isEmpty();
            }
        }
    }

    @Test
    void connectionServesOnAfterABodyThatCameLate() {
        String head = Raw.head(
                container, "POST", "/msg", Raw.authorized(Tokens.operator()) + FORM + "Content-Length: 14\r\n");
        try (RawClient client = container.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send(head);
                assertNobodyWaits();
                ResponseHead answer = client.send("topic=/a&msg=x").head();
                assertThat(answer.status()).isEqualTo(201);
                assertThat(client.text(answer)).contains("/a");
            }
        }
    }

    private void send(String method, String target, String headers) {
        String lines = headers.contains("\r\n\r\n") ? headers : headers + "\r\n";
        String request = method + " " + target + " HTTP/1.1\r\nHost: " + Site.HOST + "\r\n" + lines;
        for (int i = 0; i < SENDERS; i++) {
            senders.add(container.connect().send(request));
        }
    }

    private void assertNobodyWaits() {
        Answer health = Requests.get(container, "/health");
        assertThat(health.status()).isEqualTo(200);
        try (StreamRecorder stream = container.stream("/events?topic=/bystander")
                .with(Tokens.operator())
                .open()) {
            assertThat(stream.status()).isEqualTo(200);
            String id = Publisher.to(container).publish("/bystander", "x");
            assertThat(stream.next().id()).isEqualTo(id);
        }
    }

    private static String readToEnd(RawClient client) {
        try {
            return new String(client.stream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.IOException ended) {
            return "";
        }
    }
}
