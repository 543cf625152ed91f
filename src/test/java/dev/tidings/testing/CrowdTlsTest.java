package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams and publishing over TLS, with a server of the JDK's. */
class CrowdTlsTest {

    private static final int EVENTS = 20_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger published = new AtomicInteger();
    private HttpsServer server;
    private KeyStoreFile certificate;
    private URI uri;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        certificate = KeyStoreFile.in(directory);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.sslContext()));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        done.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void everyEventIsReadInItsTurn() {
        var seen = new AtomicInteger();
        try (Crowd crowd = new Crowd(CrowdServer.of(uri, certificate.sslContext()))) {
            crowd.open(new CrowdStream(StreamRequest.to(uri, "/"), 0, (stream, event) -> {
                assertThat(event.number(0)).isEqualTo(seen.get());
                seen.incrementAndGet();
            }));
            crowd.eventually("all have come", Eventually.LIMIT, () -> seen.get() == EVENTS);
        }
    }

    @Test
    void publisherIsIdleAgainWhenItIsAnswered() {
        try (Crowd crowd = new Crowd(CrowdServer.of(uri, certificate.sslContext()))) {
            var publisher = new CrowdPublisher(crowd);
            crowd.open(publisher);
            crowd.assign(() -> {
                if (publisher.isIdle() && published.get() < 10) {
                    publisher.publish(CrowdPublisher.post(uri, "/", "", "x".repeat(100_000)));
                }
                return Long.MAX_VALUE;
            });
            crowd.eventually("ten are published", Eventually.LIMIT, () -> published.get() == 10);
        }
    }

    @Test
    void serverThatIsNotTrustedIsAFault() {
        try (Crowd crowd = new Crowd(uri)) {
            crowd.open(new CrowdStream(StreamRequest.to(uri, "/"), 0, (stream, event) -> {}));
            Eventually.holds("it is refused", () -> !crowd.faults().isEmpty());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        if ("POST".equals(exchange.getRequestMethod())) {
            assertThat(exchange.getRequestBody().readAllBytes()).hasSize(100_000);
            published.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < EVENTS; i++) {
            exchange.getResponseBody().write(("data: " + i + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseBody().flush();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
