package dev.tidings.container.mercure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.NpmClient;
import dev.tidings.container.Received;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * event-source-polyfill gives a connection up on which nothing comes for 45 s, three heartbeats of 15 s. Here it waits
 * for 1 s, and the heartbeat is five times as fast.
 */
@Tag(NpmClient.TAG)
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        settings = "tidings.heartbeat=200ms")
class MercureQuietIT {

    private static final Duration QUIET = Duration.ofSeconds(3);

    @Test
    void quietStreamIsNotGivenUp(Container hub) throws Exception {
        String topic = Fresh.topic();
        String bearer = Tokens.operator().bearer();
        var received = new Received.Queue();
        String name = "event-source-polyfill";
        try (NpmClient client = NpmClient.start(name, hub.uri(Mercure.hub(topic)), "Authorization", bearer, received)) {
            Eventually.holds("its stream is open", () -> client.opened() == 1);
            Instant opened = Instant.now();
            Eventually.holds("it was quiet", () -> Instant.now().isAfter(opened.plus(QUIET)));
            Mercure.publish(hub, "topic", topic, "data", "x");
            assertThat(received.next().data()).isEqualTo("x");
            assertThat(client.opened()).isEqualTo(1);
        }
    }
}
