package dev.tidings.container.stream;

import dev.tidings.container.Received;
import dev.tidings.testing.LaunchDarklyClient;
import java.net.URI;
import java.util.function.Consumer;

/** LaunchDarkly's okhttp-eventsource, which reconnects by itself. */
public class ForeignClientsLaunchDarklyIT extends ForeignClientsIT {

    @Override
    AutoCloseable connect(URI stream, String authorization, Consumer<Received> reader) {
        return connect(stream, "Authorization", authorization, reader);
    }

    /** One that sends this header line. */
    public static AutoCloseable connect(URI stream, String header, String value, Consumer<Received> reader) {
        return new LaunchDarklyClient(
                stream,
                header,
                value,
                (type, event) -> reader.accept(new Received(type, event.getLastEventId(), event.getData())));
    }
}
