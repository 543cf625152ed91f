package dev.tidings.container.mercure;

import dev.tidings.container.Received;
import dev.tidings.container.stream.ForeignClientsLaunchDarklyIT;
import dev.tidings.testing.Container;
import java.net.URI;
import java.util.function.Consumer;

/** LaunchDarkly's okhttp-eventsource. */
class MercureClientsLaunchDarklyIT extends MercureClientsIT {

    MercureClientsLaunchDarklyIT(Container hub) {
        super(hub);
    }

    @Override
    AutoCloseable connect(URI stream, String header, String value, Consumer<Received> reader) {
        return ForeignClientsLaunchDarklyIT.connect(stream, header, value, reader);
    }
}
