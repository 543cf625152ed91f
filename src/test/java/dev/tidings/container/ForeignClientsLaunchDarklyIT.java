package dev.tidings.container;

import dev.tidings.testing.LaunchDarklyClient;
import java.net.URI;
import java.util.function.Consumer;

/** LaunchDarkly's okhttp-eventsource, which reconnects by itself. */
class ForeignClientsLaunchDarklyIT extends ForeignClientsIT {

    @Override
    AutoCloseable connect(URI stream, String authorization, Consumer<Received> reader) {
        return new LaunchDarklyClient(
                stream,
                authorization,
                (type, event) -> reader.accept(new Received(type, event.getLastEventId(), event.getData())));
    }
}
