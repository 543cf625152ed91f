package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten thousand streams in a heap that is little more than what they take when they are idle: a thousand of them stall,
 * and catch up; all are cut, and come back at once. Nobody loses or doubles an event. How long others wait for theirs
 * meanwhile is printed.
 */
@Tag("load")
class TenThousandIT {

    private static final System.Logger LOG = System.getLogger(TenThousandIT.class.getName());

    private static final int STREAMS = 10_000;
    private static final int STALLED = 1_000;
    private static final int LIVE = 100;
    private static final int EVENTS = 50;
    private static final int LIVE_EVENTS = 200;
    private static final int LIVE_EVENTS_EACH = LIVE_EVENTS / EVENTS;
    private static final Duration PACE = Duration.ofMillis(25);
    private static final int TINY = 4_096;
    private static final String PADDING = "x".repeat(16 * 1024);

    static List<ContainerKind> kinds() {
        return Rounds.of(List.of(ContainerKind.JETTY), List.of(ContainerKind.TOMCAT_11, ContainerKind.JETTY));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void stalledOnesCatchUpAndAllResumeAtOnce(ContainerKind kind) {
        try (Container container = spec(kind).start();
                Crowd crowd = new Crowd(container.uri());
                Crowd liveCrowd = new Crowd(container.uri())) {
            var prompt = new Members(container, crowd, STREAMS - STALLED, 0, new Latencies(), "/news");
            var slow = new Members(container, crowd, STALLED, TINY, new Latencies(), "/news", "/bulk");
            Publisher publisher = Publisher.to(container);

            slow.stall();
            var whileStalled = new Latencies();
            var live = new Members(container, liveCrowd, LIVE, 0, whileStalled, "/live");
            paced(LIVE_EVENTS, number -> {
                publisher.publish("/live", Counting.data(number, ""));
                if (number % LIVE_EVENTS_EACH == 0) {
                    int news = number / LIVE_EVENTS_EACH;
                    publisher.publish("/news", Counting.data(news, ""));
                    publisher.publish(Map.of("topic", "/bulk", "type", "bulk", "msg", Counting.data(news, PADDING)));
                }
            });
            prompt.awaitEvents(EVENTS);
            live.awaitEvents(LIVE_EVENTS);
            assertThat(slow.having(2 * EVENTS)).isZero();
            slow.goOn();
            slow.awaitEvents(2 * EVENTS);

            prompt.cut();
            slow.cut();
            for (int number = EVENTS + 1; number <= 2 * EVENTS; number++) {
                publisher.publish("/news", Counting.data(number, ""));
            }
            var whileResuming = new Latencies();
            var stillLive = new Members(container, liveCrowd, LIVE, 0, whileResuming, "/still-live");
            prompt.resume();
            slow.resume();
            paced(LIVE_EVENTS, number -> publisher.publish("/still-live", Counting.data(number, "")));
            stillLive.awaitEvents(LIVE_EVENTS);
            prompt.awaitEvents(2 * EVENTS);
            slow.awaitEvents(3 * EVENTS);

            LOG.log(System.Logger.Level.INFO, "{0}: live while {1} stall: {2}", kind, STALLED, whileStalled);
            LOG.log(System.Logger.Level.INFO, "{0}: live while all resume: {1}", kind, whileResuming);
            assertThat(container.logText()).doesNotContain("OutOfMemoryError");
        }
    }

    private static void paced(int events, IntConsumer publish) {
        long due = System.nanoTime();
        for (int number = 1; number <= events; number++) {
            publish.accept(number);
            due += PACE.toNanos();
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    /** An idle stream takes about ten times as much on Tomcat. */
    private static ContainerSpec spec(ContainerKind kind) {
        return ContainerSpec.of(kind)
                .heap(kind == ContainerKind.JETTY ? 320 : 1_536)
                .sendBuffer(64 * 1024)
                .set("tidings.outbox.bytes", "256KiB")
                .set("tidings.history.bytes", "16MiB");
    }
}
