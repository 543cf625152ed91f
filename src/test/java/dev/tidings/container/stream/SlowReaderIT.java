package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.testing.Block;
import dev.tidings.testing.BlockParser;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StalledReader;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A reader that stops reading delays nobody, costs bounded memory, and misses nothing that history still holds.
 *
 * <p>What is published is three times what a kernel keeps for one connection (4 MiB on Linux as it comes), so that the
 * server has to notice.
 */
class SlowReaderIT {

    private static final int EVENTS = 192;
    private static final String PADDING = "x".repeat(64 * 1024);
    private static final String TOPIC = "/slow";
    private static final String SLOW = "slow";
    private static final int TINY = 4_096;
    private static final int SMALL = 32 * 1024;

    private static final int SMALL_HEAP = 64;
    private static final int LARGE_EVENT = 256 * 1024;

    /** More than the small heap has room for. */
    private static final int LARGE_EVENTS = 300;

    @ParameterizedTest
    @MethodSource("dev.tidings.testing.ContainerKind#unlike")
    void readerThatFellBehindGetsEverythingFromHistoryAndHasDelayedNobody(ContainerKind kind) {
        try (Container container = spec(kind, "64MiB").start();
                StalledReader slow = slow(container).stall(TINY)) {
            List<StreamRecorder> others = IntStream.range(0, 3)
                    .mapToObj(i -> request(container).open())
                    .toList();
            publish(container, 1, EVENTS);
            others.forEach(other -> assertNumbers(other.next(EVENTS), 1));
            awaitState(container, "replaying");

            try (StreamRecorder resumed = slow.resume()) {
                assertNumbers(resumed.next(EVENTS), 1);
                awaitState(container, "live");
                publish(container, EVENTS + 1, 1);
                assertThat(number(resumed.next())).isEqualTo(EVENTS + 1);
                resumed.assertExhausted();
            }
            others.forEach(StreamRecorder::close);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tidings.testing.ContainerKind#unlike")
    void readerThatHistoryHasPassedIsEndedAndItsNextStreamBeginsWithTheGap(ContainerKind kind) {
        try (Container container = spec(kind, "1MiB").start();
                StreamRecorder following = Clients.follow(container);
                StalledReader slow = slow(container).stall(TINY)) {
            publish(container, 1, EVENTS);

            StreamRecorder ended = slow.resume();
            assertThat(ended.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(Clients.reason(following, SLOW)).isEqualTo("slow");
            List<Block> read = events(ended);
            assertNumbers(read, 1);
            String last = read.get(read.size() - 1).id();

            try (StreamRecorder next = request(container).after(last).open()) {
                assertThat(next.head().header("Last-Event-ID")).isEqualTo("earliest");
                Block gap = next.next();
                assertThat(gap.type()).isEqualTo("gap");
                assertThat(gap.data()).contains("\"requested\":\"" + last + "\"");
                int first = number(next.next());
                assertThat(first).isGreaterThan(read.size() + 1);
                assertNumbers(next.next(EVENTS - first), first + 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eventsThatASocketTakesInPartsArriveToTheByte(ContainerKind kind) {
        List<String> sent = new Random(1)
                .ints(60, 1, 60_000)
                .mapToObj(SlowReaderIT::numbersUpTo)
                .toList();
        try (Container container = ContainerSpec.of(kind).sendBuffer(SMALL).start();
                StreamRecorder slow = request(container).stall(TINY).resume()) {
            Publisher publisher = Publisher.to(container);
            sent.forEach(data -> publisher.publish(TOPIC, data));
            for (String data : sent) {
                assertThat(slow.next().data()).isEqualTo(data);
            }
            slow.assertExhausted();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tidings.testing.ContainerKind#unlike")
    void hundredOfThemAreServedFromASmallHeap(ContainerKind kind) {
        try (Container container = spec(kind, "4MiB").heap(SMALL_HEAP).start()) {
            List<StalledReader> slow = IntStream.range(0, 100)
                    .mapToObj(i -> request(container).stall(TINY))
                    .toList();
            try (StreamRecorder healthy = request(container).open()) {
                String padding = "x".repeat(LARGE_EVENT);
                for (int number = 1; number <= LARGE_EVENTS; number++) {
                    Publisher.to(container).publish(TOPIC, number + " " + padding);
                    assertThat(number(healthy.next())).isEqualTo(number);
                }
            }
            assertThat(container.logText()).doesNotContain("OutOfMemoryError");
            slow.forEach(StalledReader::close);
        }
    }

    private static ContainerSpec spec(ContainerKind kind, String history) {
        return ContainerSpec.of(kind).set("tidings.outbox.bytes", "64KiB").set("tidings.history.bytes", history);
    }

    private static StreamRequest request(Container container) {
        return container.stream("/events?topic=" + TOPIC).with(Tokens.operator());
    }

    private static StreamRequest slow(Container container) {
        return container.stream("/events?topic=" + TOPIC).with(Tokens.user(SLOW));
    }

    private static void awaitState(Container container, String state) {
        Eventually.passes(() ->
                assertThat(Clients.only(container, SLOW).path("state").asText()).isEqualTo(state));
    }

    /** A text in which no part stands twice: the numbers up to this one. */
    private static String numbersUpTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    private static void publish(Container container, int first, int count) {
        Publisher publisher = Publisher.to(container);
        for (int number = first; number < first + count; number++) {
            publisher.publish(TOPIC, number + " " + PADDING);
        }
    }

    private static List<Block> events(StreamRecorder ended) {
        byte[] bytes = ended.bytes();
        var parser = new BlockParser();
        List<Block> blocks = parser.feed(bytes, 0, bytes.length);
        assertThat(parser.rest())
                .as("what a stream leaves unfinished that was ended")
                .isEmpty();
        return blocks.stream().filter(Block::isEvent).toList();
    }

    private static void assertNumbers(List<Block> events, int first) {
        assertThat(events.stream().map(SlowReaderIT::number))
                .containsExactlyElementsOf(
                        IntStream.range(first, first + events.size()).boxed().toList());
    }

    private static int number(Block event) {
        return Integer.parseInt(event.data().substring(0, event.data().indexOf(' ')));
    }
}
