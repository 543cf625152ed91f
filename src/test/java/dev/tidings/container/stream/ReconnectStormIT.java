package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.testing.Arrival;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Crowd;
import dev.tidings.testing.CrowdStream;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A thousand clients whose connections are cut at random come back while events are published: each gets each, once. */
@Tag("load")
class ReconnectStormIT {

    private static final int CLIENTS = 1_000;
    private static final int EVENTS = 100;
    private static final int LONGEST_STRETCH = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What is cut stays in memory until a write to it fails, which on Tomcat is 100 kB for each. */
    private static final int HEAP = 768;

    /** {@link TenThousandIT} has a Jetty whose clients all come again at once. */
    static List<ContainerKind> kinds() {
        return Rounds.of(List.of(ContainerKind.TOMCAT_11), List.of(ContainerKind.TOMCAT_11, ContainerKind.JETTY));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nobodyLosesOrDoublesAnEvent(ContainerKind kind) {
        try (Container container = ContainerSpec.of(kind)
                .heap(HEAP)
                .set("tidings.outbox.events", "16")
                .start()) {
            storm(container);
        }
    }

    private static void storm(Container container) {
        String topic = Fresh.topic();
        StreamRequest request = container.stream("/events?topic=" + topic).with(Tokens.operator());
        var streams = new ArrayList<CrowdStream>();
        var storm = new Storm();
        try (Crowd crowd = new Crowd(container.uri())) {
            for (int i = 0; i < CLIENTS; i++) {
                streams.add(new CrowdStream(request, 0, new Client(crowd, storm, i)));
            }
            streams.forEach(crowd::open);
            crowd.eventually("all are here", PATIENCE, () -> allOpen(streams));
            Publisher publisher = Publisher.to(container);
            for (int number = 1; number <= EVENTS; number++) {
                publisher.publish(topic, Integer.toString(number));
            }
            crowd.eventually("all have everything", PATIENCE, () -> storm.done.get() == CLIENTS);
        }
        assertThat(storm.cuts.get()).isGreaterThan(2 * CLIENTS);
    }

    private static boolean allOpen(List<CrowdStream> streams) {
        return streams.stream().allMatch(CrowdStream::isOpen);
    }

    /** What all the clients come to. */
    private static final class Storm {

        final AtomicInteger done = new AtomicInteger();
        final AtomicInteger cuts = new AtomicInteger();
    }

    /** Reads some, is cut, and comes back; and every number is the one that is due. */
    private static final class Client implements CrowdStream.Reader {

        private final Crowd crowd;
        private final Storm storm;
        private final Random random;
        private int seen;
        private int cutAt;

        Client(Crowd crowd, Storm storm, int seed) {
            this.crowd = crowd;
            this.storm = storm;
            this.random = new Random(seed);
            this.cutAt = 1 + random.nextInt(LONGEST_STRETCH);
        }

        @Override
        public void event(CrowdStream stream, Arrival event) {
            seen++;
            assertThat(event.data()).isEqualTo(Integer.toString(seen));
            if (seen == EVENTS) {
                storm.done.incrementAndGet();
            } else if (seen == cutAt) {
                cutAt += 1 + random.nextInt(LONGEST_STRETCH);
                storm.cuts.incrementAndGet();
                crowd.reconnect(stream);
            }
        }
    }
}
