package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
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

    @Test
    void centrifugosStreamIsOpenWhenItIsSubscribedAndNotBefore() {
        var begun = new CountDownLatch(1);
        var subscribed = new CountDownLatch(1);
        server.createContext("/connection/uni_sse", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            write(exchange, "\r\n");
            if (exchange.getRequestURI().getQuery().contains("late")) {
                begun.countDown();
                await(subscribed);
            }
            write(exchange, "data: {\"connect\":{\"client\":\"c-1\"}}\n\n");
            await(done);
            exchange.close();
        });
        Group late = group(new Centrifugo(), "late");
        Group prompt = group(new Centrifugo(), "prompt");
        var opening = new Opening(late.streams());
        try (Crowd crowd = new Crowd(uri)) {
            crowd.assign(opening);
            late.streams().forEach(crowd::open);
            await(begun);
            // When this one is open, the head of the other's response was read.
            prompt.streams().forEach(crowd::open);
            crowd.eventually(
                    "the prompt one is open",
                    Eventually.LIMIT,
                    () -> prompt.streams().get(0).isOpen());
            assertThat(late.streams().get(0).isOpen()).isFalse();
            assertThat(opening.await(0)).isFalse();
            subscribed.countDown();
            crowd.eventually("the late one is open", Eventually.LIMIT, () -> opening.await(1));
        }
    }

    @Test
    void streamOfCentrifugoThatBeginsOtherwiseIsAFault() {
        say("/connection/uni_sse", """
                data: {"disconnect":{"code":3500,"reason":"invalid token"}}

                """);
        try (Crowd crowd = new Crowd(uri)) {
            group(new Centrifugo(), "b").streams().forEach(crowd::open);
            Eventually.holds("a fault", () -> !crowd.faults().isEmpty());
            assertThat(crowd.faults()).singleElement().asString().contains("begins with {\"disconnect\"");
        }
    }

    private void say(String path, String stream) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            write(exchange, stream);
            await(done);
            exchange.close();
        });
    }

    private static void write(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Group group(Program program, String channel) {
        var target = new PeerTarget(program.name(), uri, Optional.empty(), Set.of(), program, () -> {});
        return new Group(target, 1, 0, i -> channel);
    }

    private void assertRead(Program program) {
        Group group = group(program, "b");
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
