package dev.tidings.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server in this JVM, as {@link ByPath} has it, for facts of what measures servers. A new stream gets all that was published in its
 * channel, and may have to wait for its answer.
 *
 * <p><b>Threads.</b> Any.
 */
final class SmallServer implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Map<String, CountDownLatch> withheld = new ConcurrentHashMap<>();
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private final HttpServer server;

    SmallServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/sse/", this::open);
        server.createContext("/pub/", this::publish);
        server.start();
    }

    /** What speaks to it. */
    Target target() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new PeerTarget("small", uri, Optional.empty(), Set.of(), new ByPath(), () -> {});
    }

    /** Has streams of a channel wait for the head of their answer until it is {@link #release released}. */
    void withhold(String channel) {
        withheld.put(channel, new CountDownLatch(1));
    }

    void release(String channel) {
        withheld.getOrDefault(channel, new CountDownLatch(0)).countDown();
    }

    @Override
    public void close() {
        withheld.values().forEach(CountDownLatch::countDown);
        done.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void open(HttpExchange exchange) throws IOException {
        Channel channel = channel(exchange);
        await(withheld.getOrDefault(channel.name, new CountDownLatch(0)));
        exchange.sendResponseHeaders(200, 0);
        channel.join(exchange.getResponseBody());
        await(done);
    }

    private void publish(HttpExchange exchange) throws IOException {
        try (exchange) {
            channel(exchange).publish(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private Channel channel(HttpExchange exchange) {
        return channels.computeIfAbsent(exchange.getRequestURI().getPath().replaceFirst("^/[a-z]+/", ""), Channel::new);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was published in a channel, and who reads it. */
    private static final class Channel {

        private final String name;
        private final List<OutputStream> streams = new ArrayList<>();
        private final StringBuilder history = new StringBuilder(":\n\n");

        Channel(String name) {
            this.name = name;
        }

        synchronized void join(OutputStream stream) throws IOException {
            write(stream, history.toString());
            streams.add(stream);
        }

        synchronized void publish(String data) throws IOException {
            String event = "data: " + data + "\n\n";
            history.append(event);
            for (OutputStream stream : streams) {
                write(stream, event);
            }
        }

        private static void write(OutputStream stream, String text) throws IOException {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        }
    }
}
