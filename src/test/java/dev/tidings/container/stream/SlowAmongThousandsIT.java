package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Crowd;
import dev.tidings.testing.Latencies;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One of two thousand readers does not read: it gets everything late, and how long the publisher and the others wait is
 * printed beside how long they do when it reads.
 */
@Tag("load")
class SlowAmongThousandsIT {

    private static final System.Logger LOG = System.getLogger(SlowAmongThousandsIT.class.getName());

    private static final int OTHERS = 2_000;
    private static final int EVENTS = 100;
    private static final int TINY = 4_096;
    private static final String PADDING = "x".repeat(64 * 1024);
    private static final Duration PACE = Duration.ofMillis(25);

    static List<ContainerKind> kinds() {
        return Rounds.of(List.of(ContainerKind.TOMCAT_11), List.of(ContainerKind.TOMCAT_11, ContainerKind.JETTY));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itGetsAllLateAndTheOthersGetAllMeanwhile(ContainerKind kind) {
        ContainerSpec spec =
                ContainerSpec.of(kind).heap(768).sendBuffer(64 * 1024).set("tidings.outbox.bytes", "256KiB");
        try (Container container = spec.start()) {
            round(container, "warming up", false);
            round(container, "everybody reads", false);
            round(container, "one does not read", true);
        }
    }

    private static void round(Container container, String title, boolean stalls) {
        String news = Fresh.topic();
        String bulk = Fresh.topic();
        var publishing = new Latencies();
        var delivery = new Latencies();
        Publisher publisher = Publisher.to(container);
        try (Crowd crowd = new Crowd(container.uri())) {
            var slow = new Members(container, crowd, 1, TINY, new Latencies(), news, bulk);
            var others = new Members(container, crowd, OTHERS, 0, delivery, news);
            if (stalls) {
                slow.stall();
            }
            long due = System.nanoTime();
            for (int number = 1; number <= EVENTS; number++) {
                publisher.publish(Map.of("topic", bulk, "type", "bulk", "msg", Counting.data(number, PADDING)));
                long began = System.nanoTime();
                publisher.publish(news, Counting.data(number, ""));
                publishing.since(began);
                due += PACE.toNanos();
                LockSupport.parkNanos(due - System.nanoTime());
            }
            others.awaitEvents(EVENTS);
            if (stalls) {
                assertThat(slow.having(2 * EVENTS)).isZero();
                slow.goOn();
            }
            slow.awaitEvents(2 * EVENTS);
        }
        String heading = container.kind() + ", " + title;
        LOG.log(System.Logger.Level.INFO, "{0}: publishing: {1}", heading, publishing);
        LOG.log(System.Logger.Level.INFO, "{0}: delivery: {1}", heading, delivery);
    }
}
