package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tidings.testing.Crowd;
import dev.tidings.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other makes of server send around events is read as it comes, from a server of the JDK's that says it. */
class EnvelopeTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch done = new CountDownLatch(1);
    private HttpServer server;
    private URI uri;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        done.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void centrifugosAnswerToTheConnectAndItsPingsAreNoEvents() {
        say("/connection/uni_sse", """
                \r
                data: {"connect":{"client":"c-1","subs":{"b":{"recoverable":true,"epoch":"e"}},"ping":25}}

                data: {"channel":"b","pub":{"data":" 0 1 x","offset":1}}

                data: {}

                data: {"channel":"b","pub":{"data":" 1 1 x","offset":2}}

                """);
        assertRead(new Centrifugo());
    }

    @Test
    void mercuresCommentsAreNoEvents() {
        say("/.well-known/mercure", """
                :
                id: urn:uuid:1
                data: 0 1 x

                :
                id: urn:uuid:2
                data: 1 1 x

                """);
        assertRead(new Mercure());
    }

    private void say(String path, String stream) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(stream.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitEnd();
            exchange.close();
        });
    }

    private void awaitEnd() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertRead(Program program) {
        var target = new PeerTarget(program.name(), uri, Optional.empty(), Set.of(), program, () -> {});
        var group = new Group(target, 1, 0, i -> "b");
        group.expect(2);
        var arrivals = new Arrivals(group);
        try (Crowd crowd = new Crowd(uri)) {
            crowd.assign(arrivals);
            group.streams().forEach(crowd::open);
            Eventually.holds(
                    "both have come", () -> arrivals.await(1) || !crowd.faults().isEmpty());
            crowd.assertNoFaults();
        }
        assertThat(group.faults(stream -> 2)).isEmpty();
        assertThat(group.tally().delivered()).isEqualTo(2);
    }
}
