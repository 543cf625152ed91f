package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where streams begin that begin earlier than now. Over 300 lines, since each way to begin has the same facts to hold. */
class StartFinderTest extends HubFixture {

    private static final StartRequest LATEST = new StartRequest.Latest();

    @Test
    void streamBeginsWithTheNewestThatAreForIt() {
        publish("1", "/a");
        publish("2", "/a");
        publish("x", "/b");
        publishPrivate("secret", "/a");
        publish("3", "/a");
        var sink = beginning(new StartRequest.Last(2), "/a");
        publish("4", "/a");
        assertThat(sink.takeData(3)).containsExactly("2", "3", "4");
        assertThat(sink.subscriber().start().after().sequence()).isEqualTo(1);
        assertThat(sink.subscriber().start().lastEventId()).isNull();
    }

    @Test
    void streamBeginsWithAllThatIsForItIfThereIsLess() {
        publish("x", "/b");
        publish("1", "/a");
        assertThat(beginning(new StartRequest.Last(10), "/a").takeData(1)).containsExactly("1");
        StartingPoint none =
                beginning(new StartRequest.Last(10), "/c").subscriber().start();
        assertThat(none.after()).isEqualTo(log.end());
    }

    @Test
    void streamBeginsWithTheNewestOfEachTopicInTheOrderOfTheLog() {
        publish("a1", "/a");
        publish("b1", "/b");
        publish("c1", "/c");
        publish("a2", "/a");
        publish("c2", "/c");
        publish("b2", "/b");
        var sink = beginning(LATEST, "/a", "/b");
        assertThat(sink.subscriber().start().primed())
                .as("a cut right after the opening loses nothing")
                .isEqualTo(log.end().at(3).toString());
        publish("a3", "/a");
        publish("a4", "/a");
        assertThat(sink.takeData(4)).containsExactly("a2", "b2", "a3", "a4");
    }

    /** A topic beside the first is another name of the same thing. */
    @Test
    void newestOfATopicIsThatOfAnEventsFirst() {
        publish("1", "/items/1", "/items");
        publish("2", "/items/2", "/items");
        publish("1 again", "/items/1", "/items");
        assertThat(beginning(LATEST, "/items").takeData(2)).containsExactly("2", "1 again");
    }

    @Test
    void newestOfATopicIsTheNewestThatItsReaderMayHave() {
        publish("open", "/a");
        publishPrivate("secret", "/a");
        assertThat(beginning(LATEST, "/a").takeData(1)).containsExactly("open");
        assertThat(RecordingSink.beginning(hub, LATEST, List.of("/a"), "/a").takeData(1))
                .containsExactly("secret");
    }

    @Test
    void streamOfNoTopicThatIsStoredBeginsNow() {
        publish("x", "/b");
        var sink = beginning(LATEST, "/a");
        publish("1", "/a");
        assertThat(sink.takeData(1)).containsExactly("1");
    }

    @Test
    void whatFallsBehindAfterItsBeginningGetsEverything() {
        publishMany(1, 10);
        var sink = beginning(LATEST, "/a");
        assertThat(sink.takeData(1)).containsExactly("10");
        publishMany(11, 100);
        awaitDelivery();
        assertThat(sink.takeData(90)).isEqualTo(numbers(11, 100));
    }

    @Test
    void newestOfManyTopicsIsFoundInManyPages() {
        IntStream.range(0, 4_500).forEach(n -> publish(Integer.toString(n), "/t/" + n % 1_500));
        assertThat(beginning(LATEST, "/t/{x}").takeData(1_500)).isEqualTo(numbers(3_000, 4_499));
        assertThat(beginning(new StartRequest.Last(1_000), "/t/7", "*").takeData(1_000))
                .isEqualTo(numbers(3_500, 4_499));
        assertThat(beginning(new StartRequest.Last(2), "/t/7").takeData(2)).containsExactly("1507", "3007");
    }

    @Test
    void largeEventsAreReadAFewAtATime() {
        close();
        open(
                new MemoryLog(
                        new Retention(1_000, Duration.ofHours(1), 1L << 30, SelectorSet.of(List.of())),
                        Clock.systemUTC()),
                OUTBOX);
        publish("first", "/first");
        String large = "x".repeat(1 << 20);
        IntStream.range(0, 12).forEach(n -> publish(large + n, "/large"));
        IntStream.range(0, 30).forEach(n -> publish("x" + n, "/small"));
        assertThat(beginning(LATEST, "*").take(3))
                .extracting(event -> event.topics().get(0))
                .containsExactly("/first", "/large", "/small");
    }

    @Test
    void whatHistoryHasForgottenMeanwhileIsLeftOut() {
        publish("gone", "/gone");
        publishMany(1, HISTORY - 1);
        var sink = beginning(LATEST, "/gone", "/a");
        publishMany(HISTORY, HISTORY + 9);
        awaitDelivery();
        assertThat(sink.takeData(11)).isEqualTo(numbers(HISTORY - 1, HISTORY + 9));
    }

    @Test
    void streamBeginsWithWhatCameSinceATime() {
        close();
        var clock = new ManualClock();
        open(
                new MemoryLog(new Retention(100, Duration.ofHours(1), 1L << 30, SelectorSet.of(List.of())), clock),
                OUTBOX);
        publish("1", "/a");
        clock.advance(Duration.ofMinutes(1));
        Instant since = clock.instant();
        publish("2", "/a");
        publish("x", "/b");
        var sink = beginning(new StartRequest.Since(since), "/a");
        publish("3", "/a");
        assertThat(sink.takeData(2)).containsExactly("2", "3");
        assertThat(beginning(new StartRequest.Since(since.minus(Duration.ofDays(1))), "/a")
                        .takeData(3))
                .containsExactly("1", "2", "3");
        assertThat(beginning(new StartRequest.Since(since.plusMillis(1)), "/a")
                        .subscriber()
                        .start()
                        .after())
                .isEqualTo(log.end());
    }

    /** Each kind of beginning, again and again, while others publish as fast as they can. */
    @Test
    void floodLeavesNeitherAHoleNorARepetition() {
        for (int n = 0; n < 20; n++) {
            publish("quiet " + n, "/quiet/" + n);
        }
        var over = new AtomicBoolean();
        CompletableFuture<Integer> flood = CompletableFuture.supplyAsync(() -> {
            int published = 0;
            while (!over.get() && published < 4_000) {
                published++;
                publish(Integer.toString(published), "/flood");
            }
            return published;
        });
        var latest = new ArrayList<RecordingSink>();
        var last = new ArrayList<RecordingSink>();
        for (int round = 0; round < 50; round++) {
            latest.add(beginning(LATEST, "*"));
            last.add(beginning(new StartRequest.Last(3), "/flood"));
        }
        over.set(true);
        int published = Eventually.value(flood);
        awaitDelivery();
        for (RecordingSink sink : latest) {
            List<String> data = all(sink);
            assertThat(data.subList(0, 20))
                    .isEqualTo(
                            IntStream.range(0, 20).mapToObj(n -> "quiet " + n).toList());
            assertEndsAt(published, data.subList(20, data.size()));
        }
        for (RecordingSink sink : last) {
            assertEndsAt(published, all(sink));
        }
    }

    private static void assertEndsAt(int published, List<String> data) {
        int first = data.isEmpty() ? published + 1 : Integer.parseInt(data.get(0));
        assertThat(data).isEqualTo(numbers(first, published));
    }

    private List<String> all(RecordingSink sink) {
        var data = new ArrayList<String>();
        while (true) {
            List<Event> events = sink.subscriber().next(7, 1 << 20);
            events.forEach(event -> data.add(event.data()));
            if (events.isEmpty() && !sink.subscriber().replaying()) {
                return data;
            }
        }
    }

    /** Delivery may be behind the log's end, so that older events of a topic are still to come the live way. */
    @Test
    void whatIsStillToBeDeliveredIsChosenFrom() {
        close();
        var lagging = new LaggingLog(memoryLog());
        open(lagging, OUTBOX);
        publishMany(1, 5);
        lagging.deliver(2);
        Eventually.holds("two are delivered", () -> hub.delivered() == 2);
        var sink = beginning(LATEST, "/a");
        assertThat(sink.subscriber().caughtUp()).isNull();
        lagging.deliver(3);
        awaitDelivery();
        assertThat(sink.takeData(1)).containsExactly("5");
        assertThat(sink.subscriber().next(10, 1 << 20)).isEmpty();
        assertThat(sink.subscriber().caughtUp()).isEqualTo(log.end());
    }

    /** What the newest of a million topics takes in memory. */
    @Test
    void topicsThatWereSeenTakeAFewBytesEachHoweverLongTheyAre() {
        var seen = new TopicHashes();
        String long1 = "/" + "x".repeat(2_000);
        for (int n = 0; n < 100_000; n++) {
            assertThat(seen.add(long1 + n)).isTrue();
        }
        assertThat(seen.add(long1 + 99_999)).isFalse();
        assertThat(seen.add(long1)).isTrue();
        assertThat(seen.bytes()).isBetween(100_000L * 8, 100_000L * 32);
    }

    @Test
    void topicsThatDifferAnywhereAreDifferent() {
        var seen = new TopicHashes();
        for (String topic : List.of(
                "", "a", "b", "ab", "ba", "abc", "abcd", "abcde", "abdc", "a\u0001", "aaaa", "aaaaaaaa", "aaaaaaa")) {
            assertThat(seen.add(topic)).as(topic).isTrue();
            assertThat(seen.add(topic)).as(topic).isFalse();
        }
    }

    private RecordingSink beginning(StartRequest start, String... topics) {
        return RecordingSink.beginning(hub, start, List.of(), topics);
    }
}
