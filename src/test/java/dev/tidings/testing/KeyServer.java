package dev.tidings.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A web server that publishes a JWK set, and can fail in the ways in which such servers do.
 *
 * <p>On loopback and a free port. It begins with an empty set.
 *
 * <p><b>Threads.</b> Any. A change counts for the requests that come after it.
 */
public final class KeyServer implements AutoCloseable {

    /** What it does with a request. */
    @FunctionalInterface
    private interface Reply {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private static final long DRIP_NANOS = Duration.ofMillis(5).toNanos();

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile CountDownLatch changed = new CountDownLatch(1);
    private volatile Reply reply = text(200, JwksText.set());

    private KeyServer(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** One that speaks plain HTTP. */
    public static KeyServer http() {
        try {
            return new KeyServer(HttpServer.create(anyPort(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One whose certificate is in that store; who does not trust it will not talk to it. */
    public static KeyServer https(KeyStoreFile store) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(store.sslContext()));
            return new KeyServer(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Where the set is. */
    public URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json");
    }

    /** Publishes this set from now on. */
    public void publish(String set) {
        change(text(200, set));
    }

    /** Answers with this status from now on. */
    public void fail(int status) {
        change(text(status, ""));
    }

    /** Takes requests and keeps them until it is changed again, to answer them as it does then. */
    public void hang() {
        var end = new CountDownLatch(1);
        change(exchange -> {
            end.await();
            reply.to(exchange);
        });
        changed = end;
    }

    /** Answers with spaces, one every few milliseconds, as long as somebody reads them. */
    public void drip() {
        change(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!Thread.currentThread().isInterrupted()) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(DRIP_NANOS);
            }
        });
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void change(Reply other) {
        reply = other;
        changed.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            reply.to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reply text(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }
}
