package dev.tidings.container.stream;

import dev.tidings.container.Received;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;

/** okhttp-sse, which leaves it to its users to reconnect, as is done here. */
class ForeignClientsOkHttpIT extends ForeignClientsIT {

    @Override
    AutoCloseable connect(URI stream, String authorization, Consumer<Received> reader) {
        Request request = new Request.Builder()
                .url(stream.toString())
                .header("Authorization", authorization)
                .build();
        var client = new Client(request, reader);
        client.connect();
        return client;
    }

    private static final class Client extends EventSourceListener implements AutoCloseable {

        private static final Executor LATER = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

        private final OkHttpClient http =
                new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();
        private final Request request;
        private final Consumer<Received> reader;
        private volatile String lastEventId = "";
        private volatile boolean closed;

        Client(Request request, Consumer<Received> reader) {
            this.request = request;
            this.reader = reader;
        }

        void connect() {
            if (closed) {
                return;
            }
            Request.Builder next = request.newBuilder();
            if (!lastEventId.isEmpty()) {
                next.header("Last-Event-ID", lastEventId);
            }
            EventSources.createFactory((okhttp3.Call.Factory) http).newEventSource(next.build(), this);
        }

        @Override
        public void onEvent(EventSource source, String id, String type, String data) {
            lastEventId = id;
            reader.accept(new Received(Objects.requireNonNullElse(type, "message"), id, data));
        }

        @Override
        public void onClosed(EventSource source) {
            connectAgain();
        }

        @Override
        public void onFailure(EventSource source, Throwable failure, Response response) {
            connectAgain();
        }

        private void connectAgain() {
            LATER.execute(this::connect);
        }

        @Override
        public void close() {
            closed = true;
            http.dispatcher().cancelAll();
            http.connectionPool().evictAll();
        }
    }
}
