package dev.tidings.testing;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.RetryDelayStrategy;
import com.launchdarkly.eventsource.background.BackgroundEventHandler;
import com.launchdarkly.eventsource.background.BackgroundEventSource;
import java.net.URI;
import java.util.function.BiConsumer;

/**
 * LaunchDarkly's okhttp-eventsource reading a stream, and connecting again by itself whenever it was cut.
 *
 * <p><b>Threads.</b> The reader is called by one of the library's, which closing ends.
 */
public final class LaunchDarklyClient implements AutoCloseable {

    private final BackgroundEventSource client;

    /**
     * Opens the stream.
     *
     * @param header the header that has the token, and {@code value} what stands in it
     * @param reader is given each event and its type, {@code message} where it has none
     */
    public LaunchDarklyClient(URI stream, String header, String value, BiConsumer<String, MessageEvent> reader) {
        // It would wait twice as long each time, even when it was connected in between.
        var steady = RetryDelayStrategy.defaultStrategy().backoffMultiplier(1);
        var source =
                new EventSource.Builder(ConnectStrategy.http(stream).header(header, value)).retryDelayStrategy(steady);
        client = new BackgroundEventSource.Builder(new Handler(reader), source).build();
        client.start();
    }

    @Override
    public void close() {
        client.close();
    }

    private record Handler(BiConsumer<String, MessageEvent> reader) implements BackgroundEventHandler {

        @Override
        public void onMessage(String type, MessageEvent event) {
            reader.accept(type, event);
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
