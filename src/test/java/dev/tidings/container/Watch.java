package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;

/**
 * Sees every event of a hub, to show what a request published, or that it published nothing. What the hub itself says
 * about clients that come and go is left out.
 *
 * <p>To be opened before the request, while nobody else publishes.
 */
final class Watch implements AutoCloseable {

    private final Publisher publisher;
    private final StreamRecorder stream;

    private Watch(Container container) {
        this.publisher = Publisher.to(container);
        this.stream =
                container.stream("/events?topic=*").with(Tokens.operator()).open();
        assertThat(stream.status()).isEqualTo(200);
    }

    static Watch over(Container container) {
        return new Watch(container);
    }

    /** The next event that was published. */
    Block next() {
        Block event = stream.next();
        while (event.type() != null && event.type().startsWith("client.")) {
            event = stream.next();
        }
        return event;
    }

    /** Fails when an event was published that was not taken: a marker that is published now has to be the next. */
    void assertNothing() {
        String marker = publisher.publish("/watch", "marker");
        assertThat(next().id()).isEqualTo(marker);
    }

    @Override
    public void close() {
        stream.close();
    }
}
