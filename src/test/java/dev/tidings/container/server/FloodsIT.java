package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.OwnContainers;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Flood;
import dev.tidings.testing.FloodKind;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a hub is flooded with, it refuses with what it says it does, and others are served meanwhile. How long they wait is
 * measured by {@code FloodBenchmark}.
 */
@ParameterizedClass
@MethodSource("containers")
class FloodsIT {

    /** As long as that the bystander publishes at least. */
    private static final int EVENTS = 30;

    private static final int ANSWERS = 100;
    private static final int HEAP = 256;

    @Parameter
    Container hub;

    static Stream<Container> containers() {
        return OwnContainers.of(
                ContainerKind.JETTY,
                spec -> FloodKind.limited(spec)
                        .set("tidings.limit.publish-rate", "5")
                        // What events of a thousand topics are compared with while they wait, everybody waits for.
                        .set("tidings.limit.templates", "2000")
                        .heap(HEAP)
                        .withRelaxedUris());
    }

    @ParameterizedTest
    @EnumSource
    void bystanderGetsEachEventAndTheFloodIsRefused(FloodKind kind) {
        String topic = Fresh.topic();
        // Without a user, since it publishes as fast as it goes.
        Publisher publisher = Publisher.to(hub, Tokens.anyone().claim(Tokens.CLAIM, Map.of("publish", List.of(topic))));
        var published = new ArrayList<String>();
        try (StreamRecorder stream = Streams.open(hub, topic);
                Flood flood = Flood.begin(hub.uri(), kind)) {
            while (published.size() < EVENTS || flood.count() < ANSWERS || !isRefused(flood, kind)) {
                published.add(publisher.publish(topic, Integer.toString(published.size())));
            }
            assertThat(Requests.get(hub, "/health").status()).isEqualTo(200);
            assertThat(stream.next(published.size())).extracting(Block::id).isEqualTo(published);
            assertThat(flood.answers().keySet()).as("answers to the flood").isSubsetOf(kind.answers());
        }
    }

    private static boolean isRefused(Flood flood, FloodKind kind) {
        return flood.answers().keySet().stream().anyMatch(kind.refusals()::contains);
    }
}
