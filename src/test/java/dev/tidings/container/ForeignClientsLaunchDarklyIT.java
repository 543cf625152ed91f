package dev.tidings.container;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.RetryDelayStrategy;
import com.launchdarkly.eventsource.background.BackgroundEventHandler;
import com.launchdarkly.eventsource.background.BackgroundEventSource;
import java.net.URI;
import java.util.function.Consumer;

/** LaunchDarkly's okhttp-eventsource, which reconnects by itself. */
class ForeignClientsLaunchDarklyIT extends ForeignClientsIT {

    @Override
    AutoCloseable connect(URI stream, String authorization, Consumer<Received> reader) {
        return connect(stream, "Authorization", authorization, reader);
    }

    /** One that sends this header line. */
    static AutoCloseable connect(URI stream, String header, String value, Consumer<Received> reader) {
        // It would wait twice as long each time, even when it was connected in between.
        var steady = RetryDelayStrategy.defaultStrategy().backoffMultiplier(1);
        var source =
                new EventSource.Builder(ConnectStrategy.http(stream).header(header, value)).retryDelayStrategy(steady);
        var client = new BackgroundEventSource.Builder(new Handler(reader), source).build();
        client.start();
        return client;
    }

    private record Handler(Consumer<Received> reader) implements BackgroundEventHandler {

        @Override
        public void onMessage(String type, MessageEvent event) {
            reader.accept(new Received(type, event.getLastEventId(), event.getData()));
        }

        @Override
        public void onOpen() {}

        @Override
        public void onClosed() {}

        @Override
        public void onComment(String comment) {}

        @Override
        public void onError(Throwable cutOff) {}
    }
}
