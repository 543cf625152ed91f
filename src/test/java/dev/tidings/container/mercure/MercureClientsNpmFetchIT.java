package dev.tidings.container.mercure;

import dev.tidings.container.NpmClient;
import dev.tidings.container.Received;
import dev.tidings.testing.Container;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;

/** fetch-event-source of Microsoft, which is told to reconnect after an end, too. */
@Tag(NpmClient.TAG)
class MercureClientsNpmFetchIT extends MercureClientsIT {

    MercureClientsNpmFetchIT(Container hub) {
        super(hub);
    }

    @Override
    AutoCloseable connect(URI stream, String header, String value, Consumer<Received> reader) {
        return NpmClient.start("@microsoft/fetch-event-source", stream, header, value, reader);
    }

    @Override
    boolean resumesAfterWholeEvents() {
        return false;
    }
}
