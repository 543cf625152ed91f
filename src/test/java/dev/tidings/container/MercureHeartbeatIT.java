package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.StreamRecorder;
import org.junit.jupiter.api.Test;

/** An idle stream at the Mercure door. */
@EveryContainer(settings = "tidings.heartbeat=200ms")
class MercureHeartbeatIT {

    @Test
    void positionMovesOnThoughNothingMatches(Container hub) {
        String topic = Fresh.topic();
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            String primed = stream.lastEventId();
            String other = Mercure.publish(hub, "topic", Fresh.topic(), "data", "x");
            do {
                assertThat(stream.nextBlock().isIdOnly()).isTrue();
            } while (stream.lastEventId().equals(primed));
            assertThat(stream.lastEventId()).isGreaterThanOrEqualTo(other);
            assertThat(Streams.text(stream)).contains(":\nid: ");
        }
    }
}
