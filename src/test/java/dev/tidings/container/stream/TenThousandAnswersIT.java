package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Crowd;
import dev.tidings.testing.CrowdPoll;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Jvm;
import dev.tidings.testing.Latencies;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.Scrape;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten thousand who read once and wait cost what ten thousand streams do, and no thread: all get the first event. What one takes in
 * memory is printed, beside a stream.
 */
@Tag("load")
class TenThousandAnswersIT {

    private static final System.Logger LOG = System.getLogger(TenThousandAnswersIT.class.getName());

    private static final int MANY = 10_000;
    private static final int KIB = 1_024;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static List<ContainerKind> kinds() {
        return Rounds.of(List.of(ContainerKind.JETTY), List.of(ContainerKind.TOMCAT_11, ContainerKind.JETTY));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void allGetTheFirstEvent(ContainerKind kind) {
        try (Container container = spec(kind).start()) {
            Jvm jvm = Jvm.of(container);
            Publisher publisher = Publisher.to(container);
            long perStream = perStream(container);
            Eventually.holds("no stream is left", PATIENCE, () -> streams(container) == 0);
            long before = jvm.liveObjects().bytes();
            int threads = jvm.threadCount();
            try (Crowd crowd = new Crowd(container.uri())) {
                List<CrowdPoll> polls = IntStream.range(0, MANY)
                        .mapToObj(
                                i -> new CrowdPoll(container.uri(), "/events?topic=/news&wait=60s", Tokens.operator()))
                        .toList();
                long begun = System.nanoTime();
                polls.forEach(crowd::open);
                Eventually.holds("all wait", PATIENCE, () -> waiting(container) == MANY);
                Duration opening = Duration.ofNanos(System.nanoTime() - begun);
                long each = (jvm.liveObjects().bytes() - before) / MANY;
                assertThat(jvm.threadCount()).as("threads").isLessThan(threads + 100);
                long published = System.nanoTime();
                publisher.publish("/news", "x");
                crowd.eventually(
                        "all are answered", PATIENCE, () -> polls.stream().allMatch(CrowdPoll::isAnswered));
                LOG.log(
                        System.Logger.Level.INFO,
                        "{0}: {1} wait, opened in {2} ms; each takes {3} KiB, a stream {4} KiB; all answered in {5} ms",
                        kind,
                        MANY,
                        opening.toMillis(),
                        each / (double) KIB,
                        perStream / (double) KIB,
                        Duration.ofNanos(System.nanoTime() - published).toMillis());
                assertThat(each).as("bytes").isLessThan(perStream * 3 / 2);
            }
            Eventually.holds("nothing is left", PATIENCE, () -> waiting(container) == 0);
            assertThat(container.logText()).doesNotContain("OutOfMemoryError");
        }
    }

    private static long perStream(Container container) {
        try (Crowd crowd = new Crowd(container.uri())) {
            // Some to warm up: what is made once is no stream's.
            new Members(container, crowd, MANY / 10, 0, new Latencies(), "/news");
            long before = Jvm.of(container).liveObjects().bytes();
            new Members(container, crowd, MANY, 0, new Latencies(), "/news");
            return (Jvm.of(container).liveObjects().bytes() - before) / MANY;
        }
    }

    private static long waiting(Container container) {
        return Scrape.of(container.uri()).sum("tidings_answers_waiting");
    }

    private static long streams(Container container) {
        return Scrape.of(container.uri()).sum("tidings_streams");
    }

    private static ContainerSpec spec(ContainerKind kind) {
        return ContainerSpec.of(kind)
                .heap(kind == ContainerKind.JETTY ? 320 : 1_536)
                .set("tidings.heartbeat", "5s");
    }
}
