package dev.tidings.container.nodes;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Revoking;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Revocations and tickets of one hub with two nodes. */
class TwoNodesTokensIT {

    private static final Duration SOON = Duration.ofSeconds(4);
    private static final int RACES = 1_000;

    private static Nodes nodes;
    private static Container one;
    private static Container other;

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();

    @BeforeAll
    static void start() {
        nodes = Nodes.start(ContainerKind.JETTY, ContainerKind.TOMCAT_11);
        one = nodes.node(1);
        other = nodes.node(2);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void tokenThatOneNodeRevokedIsRefusedOnEachFromTheAnswerOn() {
        String bearer = "Authorization: " + Tokens.user(user).bearer();
        try (StreamRecorder here = Clients.open(one, user, topic);
                StreamRecorder there = Clients.open(other, user, topic);
                SocketClient socket = SocketClient.open(other, "/ws?topic=/a", Tokens.user(user))) {
            String id = Revoking.revoke(one, "user=" + user).path("id").textValue();
            assertProblem(Site.send(other, "GET", "/token", bearer), 401, "revoked");
            assertProblem(Site.send(one, "GET", "/token", bearer), 401, "revoked");
            assertThat(here.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
            assertThat(there.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
            assertThat(socket.awaitClose()).isEqualTo(1008);
            assertThat(Revoking.ask(other, "DELETE", "/" + id).status()).isEqualTo(204);
            assertThat(Site.send(one, "GET", "/token", bearer).status()).isEqualTo(200);
        }
    }

    @Test
    void nodeThatStartsKnowsWhatWasRevoked() {
        Revoking.revoke(one, "user=" + user);
        Container third = nodes.add(ContainerKind.JETTY);
        Nodes.awaitReady(third);
        assertProblem(
                Site.send(
                        third,
                        "GET",
                        "/token",
                        "Authorization: " + Tokens.user(user).bearer()),
                401,
                "revoked");
    }

    @Test
    void ticketOfOneNodeOpensAStreamOnTheOther() {
        String ticket = Revoking.ticket(one, Tokens.user(user), "");
        try (StreamRecorder stream = Streams.open(other.stream(Streams.events(topic) + "&ticket=" + ticket))) {
            assertThat(Clients.only(one, user).path("node").textValue()).isEqualTo("node-2");
            assertProblem(Site.send(one, "GET", "/events?ticket=" + ticket), 401, "used already");
            stream.assertExhausted();
        }
    }

    @Test
    void ofTwoNodesThatSeeATicketAtTheSameMomentOneTakesIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int race = 0; race < RACES; race++) {
                String target = "/events?ticket=" + Revoking.ticket(race % 2 == 0 ? one : other, Tokens.user(user), "");
                var start = new CyclicBarrier(2);
                Future<Integer> here = threads.submit(() -> status(one, target, start));
                Future<Integer> there = threads.submit(() -> status(other, target, start));
                assertThat(List.of(here.get(), there.get())).containsExactlyInAnyOrder(200, 401);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int status(Container node, String target, CyclicBarrier start) throws Exception {
        start.await();
        return Site.send(node, "GET", target, "Accept: application/json").status();
    }
}
