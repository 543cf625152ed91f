package dev.tidings.container.mercure;

import dev.tidings.container.NpmClient;
import dev.tidings.container.Received;
import dev.tidings.testing.Container;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;

/** event-source-polyfill, which gives up a connection on which nothing comes for a while. */
@Tag(NpmClient.TAG)
class MercureClientsNpmPolyfillIT extends MercureClientsIT {

    MercureClientsNpmPolyfillIT(Container hub) {
        super(hub);
    }

    @Override
    AutoCloseable connect(URI stream, String header, String value, Consumer<Received> reader) {
        return NpmClient.start("event-source-polyfill", stream, header, value, reader);
    }
}
