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
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy before a hub that passes an answer on when it has the whole of it. So of a stream nothing ever comes.
 *
 * <p><b>Threads.</b> Any. It has threads of its own, which closing it ends.
 */
public final class BufferingFront implements AutoCloseable {

    /** What belongs to a connection, in lower case. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "date");

    private final URI hub;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger streams = new AtomicInteger();

    private BufferingFront(URI hub) throws IOException {
        this.hub = hub;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** One before this hub. */
    public static BufferingFront of(Container hub) {
        try {
            return new BufferingFront(hub.uri());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where this target of the hub is, by way of this. */
    public URI uri(String target) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + hub.getPath() + target);
    }

    /** How many streams were asked for. */
    public int streams() {
        return streams.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (String.valueOf(exchange.getRequestHeaders().getFirst("Accept")).contains("event-stream")) {
                streams.incrementAndGet();
            }
            HttpResponse<byte[]> answer = http.send(request(exchange), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            int length = answer.body().length;
            exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var request = HttpRequest.newBuilder(URI.create(hub.getScheme() + "://" + hub.getAuthority()
                        + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
