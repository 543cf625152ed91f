package dev.tidings.container.stream;

import dev.tidings.container.Received;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The JDK's own HttpClient, with as little around it as makes an event source. */
class ForeignClientsJdkIT extends ForeignClientsIT {

    @Override
    AutoCloseable connect(URI stream, String authorization, Consumer<Received> reader) {
        var client = new Client(HttpRequest.newBuilder(stream).header("Authorization", authorization), reader);
        client.connect();
        return client;
    }

    private static final class Client implements AutoCloseable {

        private static final Executor LATER = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

        private final HttpClient http = HttpClient.newHttpClient();
        private final HttpRequest.Builder request;
        private final Consumer<Received> reader;
        private volatile String lastEventId = "";
        private volatile boolean closed;
        private volatile CompletableFuture<?> stream = CompletableFuture.completedFuture(null);

        Client(HttpRequest.Builder request, Consumer<Received> reader) {
            this.request = request;
            this.reader = reader;
        }

        void connect() {
            if (closed) {
                return;
            }
            if (!lastEventId.isEmpty()) {
                request.setHeader("Last-Event-ID", lastEventId);
            }
            stream = http.sendAsync(request.build(), HttpResponse.BodyHandlers.fromLineSubscriber(new Lines()));
            var unused = stream.whenCompleteAsync((end, failure) -> connect(), LATER);
        }

        @Override
        public void close() {
            closed = true;
            stream.cancel(true);
        }

        /** What one connection brings, line by line; an event whose blank line never comes is none. */
        private final class Lines implements Flow.Subscriber<String> {

            private String type = "";
            private String id = lastEventId;
            private StringBuilder data = new StringBuilder();

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String line) {
                if (line.isEmpty()) {
                    dispatch();
                } else if (line.startsWith("event: ")) {
                    type = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring("data: ".length())).append('\n');
                }
            }

            private void dispatch() {
                lastEventId = id;
                if (data.length() > 0) {
                    String text = data.substring(0, data.length() - 1);
                    reader.accept(new Received(type.isEmpty() ? "message" : type, id, text));
                }
                type = "";
                data = new StringBuilder();
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        }
    }
}
