package dev.tidings.container.mercure;

import dev.tidings.container.NpmClient;
import dev.tidings.container.Received;
import dev.tidings.testing.Container;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;

/** eventsource, the EventSource of node. */
@Tag(NpmClient.TAG)
class MercureClientsNpmEventSourceIT extends MercureClientsIT {

    MercureClientsNpmEventSourceIT(Container hub) {
        super(hub);
    }

    @Override
    AutoCloseable connect(URI stream, String header, String value, Consumer<Received> reader) {
        return NpmClient.start("eventsource", stream, header, value, reader);
    }
}
