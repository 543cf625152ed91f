package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;

/**
 * Sees every event of a hub that is public, in somebody's inbox or under {@code /get}, to show what a request published, or that it
 * published nothing. What the hub itself says about clients that come and go is neither.
 *
 * <p>To be opened before the request, while nobody else publishes.
 */
public final class Watch implements AutoCloseable {

    private final Publisher publisher;
    private final StreamRecorder stream;

    private Watch(Container container) {
        this.publisher = Publisher.to(container);
        Tokens everybody = Tokens.grant("watch", List.of(), List.of("/users/{id}", "/get"));
        this.stream = container.stream("/events?topic=*").with(everybody).open();
        assertThat(stream.status()).isEqualTo(200);
    }

    public static Watch over(Container container) {
        return new Watch(container);
    }

    /** The next event that was published. */
    public Block next() {
        return stream.next();
    }

    /** Fails when an event was published that was not taken: a marker that is published now has to be the next. */
    public void assertNothing() {
        String marker = publisher.publish("/watch", "marker");
        assertThat(next().id()).isEqualTo(marker);
    }

    @Override
    public void close() {
        stream.close();
    }
}
