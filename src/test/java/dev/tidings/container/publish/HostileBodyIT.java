package dev.tidings.container.publish;

import static dev.tidings.container.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Raw;
import dev.tidings.container.Site;
import dev.tidings.container.Watch;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are too large, malformed, torn off or in two minds about their length publish nothing. */
@EveryContainer
class HostileBodyIT {

    private static final String AUTHORIZED = Raw.authorized(Tokens.operator());
    private static final String TEXT = AUTHORIZED + "Content-Type: text/plain\r\n";
    private static final String TARGET = "/msg?topic=/hostile";
    private static final int TOO_MUCH = 1024 * 1024 + 1;

    private Container container;
    private Watch watch;

    @BeforeEach
    void watch(Container container) {
        this.container = container;
        watch = Watch.over(container);
    }

    @AfterEach
    void nothingElseWasPublished() {
        watch.assertNothing();
        watch.close();
    }

    @Test
    void bodyThatAnnouncesTooMuchIsRefusedBeforeItIsSent() {
        try (RawClient client = container.connect()) {
            client.send(post("Expect: 100-continue\r\nContent-Length: " + TOO_MUCH + "\r\n"));
            ResponseHead head = client.head();
            if (container.kind() != ContainerKind.JETTY && head.status() == 100) {
                // Tomcat as it comes says so before it asks us; with continueResponseTiming="onRead" it does not.
                head = client.head();
            }
            assertThat(head.status()).isEqualTo(413);
            assertThat(client.text(head)).contains("1048576 bytes");
        }
    }

    @Test
    void bodyThatIsWantedIsAskedFor() {
        try (RawClient client = container.connect()) {
            client.send(post("Expect: 100-continue\r\nContent-Length: 5\r\n"));
            assertThat(client.head().status()).isEqualTo(100);
            ResponseHead head = client.send("hello").head();
            assertThat(head.status()).isEqualTo(201);
            assertThat(client.text(head)).contains("/hostile");
        }
        assertThat(watch.next().data()).isEqualTo("hello");
    }

    @Test
    void chunksAreReadNoFurtherThanTheLimit() {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (RawClient client = container.connect()) {
            client.send(post("Transfer-Encoding: chunked\r\n") + chunk.repeat(16) + "1\r\nx\r\n");
            ResponseHead head = client.head();
            assertThat(head.status()).isEqualTo(413);
            assertThat(client.text(head)).contains("1048576 bytes");
        }
    }

    @Test
    void chunksUpToTheLimitArePublished() {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        String request = post("Transfer-Encoding: chunked\r\n") + chunk.repeat(16) + "0\r\n\r\n";
        assertThat(Raw.send(container, request).status()).isEqualTo(201);
        assertThat(watch.next().data()).hasSize(1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, ab\u00ff, body",
        "text/plain, \u00c0\u0080, body",
        "application/x-www-form-urlencoded, topic=/x&msg=\u00e9, body",
        "application/x-www-form-urlencoded, topic=/x&msg=%E9, msg",
        "application/json, '{\"topic\":\"/x\",\"msg\":\"\u00c3\"}', body",
        "application/json, '{\"topic\":\"/x\",\"msg\":\"\u00ed\u00a0\u0080\"}', body",
        "application/x-ndjson, '{\"topic\":\"/x\",\"msg\":\"\u00ff\"}', body",
    })
    void bytesThatAreNotUtf8AreRefused(String contentType, String latin1, String field) {
        boolean text = contentType.startsWith("text");
        String head = Raw.head(
                container,
                "POST",
                text ? TARGET : "/msg",
                AUTHORIZED + "Content-Type: " + contentType + "\r\nContent-Length: " + latin1.length() + "\r\n");
        assertRefused(Raw.send(container, (head + latin1).getBytes(ISO_8859_1)), 400, field);
    }

    @Test
    void bodyThatIsEncodedIsRefused() {
        Answer answer = Raw.send(container, post("Content-Encoding: gzip\r\nContent-Length: 1\r\n") + "x");
        assertRefused(answer, 415, "");
    }

    @ParameterizedTest
    @CsvSource({"identity", "Identity", "'identity, identity'", "''"})
    void identityIsNoEncoding(String encoding) {
        String headers = "Content-Encoding: " + encoding + "\r\nContent-Length: 1\r\n";
        assertThat(Raw.send(container, post(headers) + "x").status()).isEqualTo(201);
        assertThat(watch.next().data()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({
        "/msg?topic=/hostile, text/plain, HTTP/1.0",
        "/msg?topic=/hostile, text/plain, HTTP/1.1",
        "/msg, application/x-www-form-urlencoded, HTTP/1.0",
        "/msg, application/json, HTTP/1.1",
        "/msg, application/x-ndjson, HTTP/1.1",
        "/.well-known/mercure, application/x-www-form-urlencoded, HTTP/1.0",
        "/.well-known/mercure, application/x-www-form-urlencoded, HTTP/1.1",
        "/login, application/x-www-form-urlencoded, HTTP/1.0",
    })
    void requestWithNeitherALengthNorChunksHasNoBody(String target, String type, String version) {
        String request = "POST " + target + " " + version + "\r\nHost: " + Site.HOST + "\r\n" + Site.OWN + "\r\n"
                + AUTHORIZED + "Content-Type: " + type + "\r\nConnection: close\r\n\r\n";
        assertRefused(Raw.send(container, request + "topic=/hostile&msg=x"), 411, "");
    }

    @ParameterizedTest
    @CsvSource({"GET, /events?topic=/x", "GET, /health", "GET, /msg?topic=/hostile&msg=x", "GET, /"})
    void bodyWhereNoneIsReadIsRefused(String method, String target) {
        String request = Raw.head(container, method, target, AUTHORIZED + "Content-Length: 5\r\n") + "hello";
        assertRefused(Raw.send(container, request), 400, "");
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 10", "Transfer-Encoding: chunked"})
    void bodyThatBreaksOffIsRefused(String framing) {
        try (RawClient client = container.connect()) {
            client.send(post(framing + "\r\n") + "5\r\nabc").finishSending();
            ResponseHead head = client.head();
            assertThat(head.status()).isEqualTo(400);
            assertThat(head.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 10", "Transfer-Encoding: chunked"})
    void bodyThatIsTornOffPublishesNothing(String framing) {
        RawClient client = container.connect();
        client.send(post(framing + "\r\n") + "5\r\nabc").reset();
    }

    @Test
    void chunksThatAreNoneAreRefused() {
        Answer answer = Raw.send(container, post("Transfer-Encoding: chunked\r\n") + "zz\r\nabc\r\n0\r\n\r\n");
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void bodyThatComesByteByByteIsPublished() {
        byte[] request = (post("Content-Length: 5\r\n") + "hello").getBytes(UTF_8);
        try (RawClient client = container.connect()) {
            for (byte one : request) {
                client.send(new byte[] {one});
            }
            assertThat(client.head().status()).isEqualTo(201);
        }
        assertThat(watch.next().data()).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({"'Content-Length: 5\r\nContent-Length: 3\r\n'", "'Content-Length: -1\r\n'", "'Content-Length: 3x\r\n'"})
    void lengthThatIsNoneIsRefused(String lengths) {
        Answer answer = Raw.send(container, post(lengths) + "abcde");
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void requestInsideABodyIsNoRequest() {
        String inner = post("Content-Length: 8\r\n") + "smuggled";
        String outer = post("Content-Length: " + (5 + inner.length()) + "\r\nTransfer-Encoding: chunked\r\n");
        Answer answer = Raw.send(container, outer + "0\r\n\r\n" + inner);
        assertThat(answer.header("Connection")).isEqualTo("close");
        if (answer.status() == 201) {
            assertThat(watch.next().data()).isEmpty();
        } else {
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    private String post(String headers) {
        return Raw.head(container, "POST", TARGET, TEXT + headers);
    }
}
