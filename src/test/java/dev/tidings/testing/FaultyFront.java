package dev.tidings.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A proxy before a hub, for publishers, that spoils their first requests and passes the later ones on.
 *
 * <p><b>Threads.</b> Any. It has threads of its own, which closing it ends.
 */
public final class FaultyFront implements AutoCloseable {

    /** What becomes of a request. */
    public enum Fault {
        /** The hub has it, and the connection breaks before the answer. */
        ANSWER_LOST,
        /** The hub has it, and the connection breaks within the answer. */
        ANSWER_CUT,
        /** The hub never has it: 503. */
        UNAVAILABLE,
        /** The hub never has it: 429. */
        TOO_MANY
    }

    private final URI hub;
    private final List<Fault> faults;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    private FaultyFront(URI hub, List<Fault> faults) throws IOException {
        this.hub = hub;
        this.faults = faults;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** One in which these faults happen to the first requests, one to each. */
    public static FaultyFront of(Container hub, Fault... faults) {
        try {
            return new FaultyFront(hub.uri(), List.of(faults));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + hub.getPath());
    }

    /** The {@code Idempotency-Key} of each request so far; empty for one without. */
    public List<String> keys() {
        return List.copyOf(keys);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            keys.add(Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Idempotency-Key"), ""));
            int number = keys.size();
            if (number > faults.size()) {
                HttpResponse<byte[]> answer = pass(exchange, body);
                reply(exchange, answer, answer.body().length);
                return;
            }
            switch (faults.get(number - 1)) {
                case ANSWER_LOST -> pass(exchange, body);
                case ANSWER_CUT -> {
                    HttpResponse<byte[]> answer = pass(exchange, body);
                    reply(exchange, answer, answer.body().length / 2);
                }
                case UNAVAILABLE -> refuse(exchange, 503);
                case TOO_MANY -> refuse(exchange, 429);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(hub.getScheme() + "://" + hub.getAuthority()
                        + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        Stream.of("Authorization", "Content-Type", "Idempotency-Key")
                .filter(exchange.getRequestHeaders()::containsKey)
                .forEach(name ->
                        request.header(name, exchange.getRequestHeaders().getFirst(name)));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void reply(HttpExchange exchange, HttpResponse<byte[]> answer, int length) throws IOException {
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body(), 0, length);
        exchange.getResponseBody().flush();
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        byte[] body = "later".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
