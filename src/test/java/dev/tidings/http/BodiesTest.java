package dev.tidings.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come late, in part, or not at all. */
class BodiesTest {

    private static final int MOST = 16;
    private static final int MAX_BYTES = 100;

    private final Bodies patient = new Bodies(MOST, 1 << 20, Duration.ofMinutes(5));
    private final Bodies hasty = new Bodies(MOST, 1 << 20, Duration.ofMillis(200));
    private final List<RawClient> clients = new ArrayList<>();
    private final InProcessJetty jetty = new InProcessJetty()
            .filter("/*", new ErrorFilter())
            .servlet("/patient", echo(patient))
            .servlet("/hasty", echo(hasty))
            .servlet("/error", new ErrorServlet())
            .start();

    @AfterEach
    void stop() {
        clients.forEach(RawClient::close);
        jetty.close();
    }

    @Test
    void bodyThatCameWithItsHeadIsReadAtOnce() {
        assertAnswer(post("/patient", "alice", "Content-Length: 5\r\n", "hello"), 200, "hello");
    }

    @Test
    void emptyBodyIsABody() {
        assertAnswer(post("/patient", "alice", "Content-Length: 0\r\n", ""), 200, "");
        assertAnswer(post("/patient", "alice", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), 200, "");
    }

    @Test
    void bodyThatComesInPiecesIsReadAndItsConnectionServesOn() {
        RawClient client = post("/patient", "alice", "Content-Length: 5\r\n", "he");
        awaitWaiting(patient, 1);
        assertAnswer(client.send("llo"), 200, "hello");
        awaitWaiting(patient, 0);
        assertAnswer(client.send(head("/patient", "alice", "Content-Length: 1\r\n") + "x"), 200, "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
    void requestWithNeitherLengthNorChunksHasNone(String version) {
        RawClient client =
                connect().send("POST /patient " + version + "\r\nHost: localhost\r\nConnection: close\r\n\r\nhello");
        assertThat(client.head().status()).isEqualTo(411);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50\r\n", "Transfer-Encoding: chunked\r\n"})
    void senderOfNothingIsGivenUp(String framing) {
        RawClient client = post("/hasty", "alice", framing, "");
        assertGivenUp(client);
    }

    @Test
    void senderThatDripsIsGivenUpLikeOneThatSendsNothing() {
        RawClient client = post("/hasty", "alice", "Content-Length: 50\r\n", "x");
        for (int i = 0; i < 20 && hasty.waiting() == 1; i++) {
            client.sendUntilRefused("x");
        }
        assertGivenUp(client);
    }

    @Test
    void callerWithTooManyOfThemIsToldSoAndNobodyElse() {
        for (int i = 0; i < MOST / 4; i++) {
            post("/patient", "mallory", "Content-Length: 50\r\n", "");
        }
        awaitWaiting(patient, MOST / 4);

        RawClient refused = post("/patient", "mallory", "Content-Length: 50\r\n", "");
        ResponseHead head = refused.head();
        assertThat(head.status()).isEqualTo(429);
        assertThat(head.header("Retry-After")).isEqualTo("1");
        assertThat(head.header("Connection")).isEqualTo("close");
        assertAnswer(post("/patient", "mallory", "Content-Length: 5\r\n", "hello"), 200, "hello");

        RawClient alice = post("/patient", "alice", "Content-Length: 5\r\n", "he");
        awaitWaiting(patient, MOST / 4 + 1);
        assertAnswer(alice.send("llo"), 200, "hello");
    }

    @Test
    void whoLeavesWaitsNoMore() {
        RawClient client = post("/patient", "alice", "Content-Length: 50\r\n", "x");
        awaitWaiting(patient, 1);
        client.reset();
        awaitWaiting(patient, 0);
    }

    @Test
    void whatIsThrownWhenTheBodyIsThereIsAnsweredAsAlways() {
        RawClient client = post("/patient", "alice", "Content-Length: 5\r\n", "");
        awaitWaiting(patient, 1);
        assertAnswer(client.send("fault"), 400, "no good");
        assertAnswer(client.send(head("/patient", "alice", "Content-Length: 1\r\n") + "x"), 200, "x");
    }

    @Test
    void connectionServesOnAfterABodyThatWasThereAndRefused() {
        RawClient client = post("/patient", "alice", "Content-Length: 5\r\n", "fault");
        assertAnswer(client, 400, "no good");
        assertAnswer(client.send(head("/patient", "alice", "Content-Length: 1\r\n") + "x"), 200, "x");
    }

    @Test
    void chunksBeyondTheMostAreRefusedAndTheRestIsReadNotKept() {
        String chunk = "64\r\n" + "x".repeat(100) + "\r\n";
        RawClient client = post("/patient", "alice", "Transfer-Encoding: chunked\r\n", chunk + chunk);
        ResponseHead head = client.head();
        assertThat(head.status()).isEqualTo(413);
        assertThat(head.header("Connection")).isEqualTo("close");
        awaitWaiting(patient, 0);
        client.sendUntilRefused(chunk.repeat(1_000));
    }

    private static HttpServlet echo(Bodies bodies) {
        return new HttpServlet() {
            @Override
            protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
                bodies.receive(request, response, request.getHeader("Caller"), MAX_BYTES, body -> {
                    String text = body.text(MAX_BYTES);
                    if (text.equals("fault")) {
                        throw new Problem(400, "no good");
                    }
                    response.getOutputStream().print(text);
                });
            }
        };
    }

    private RawClient connect() {
        RawClient client = RawClient.connect(jetty.uri());
        clients.add(client);
        return client;
    }

    private RawClient post(String target, String caller, String framing, String body) {
        return connect().send(head(target, caller, framing) + body);
    }

    private static String head(String target, String caller, String framing) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nCaller: " + caller + "\r\n" + framing + "\r\n";
    }

    private void assertGivenUp(RawClient client) {
        ResponseHead head = client.head();
        assertThat(head.status()).isEqualTo(408);
        assertThat(head.header("Connection")).isEqualTo("close");
        assertThat(client.text(head)).contains("did not come in time");
        awaitWaiting(hasty, 0);
    }

    private static void assertAnswer(RawClient client, int status, String body) {
        ResponseHead head = client.head();
        assertThat(head.status()).isEqualTo(status);
        assertThat(client.text(head)).contains(body);
    }

    private static void awaitWaiting(Bodies bodies, int count) {
        Eventually.holds(count + " wait", () -> bodies.waiting() == count);
    }
}
