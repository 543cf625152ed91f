package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.testing.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How subscribers begin, fall behind and catch up. */
class ReplayTest extends HubFixture {

    @Test
    void privateEventsAreCheckedAnewOnReplay() {
        publishPrivate("secret", "/a");
        publish("open", "/a");
        assertThat(RecordingSink.granted(hub, "earliest", List.of("/a"), "/a").takeData(2))
                .containsExactly("secret", "open");
        assertThat(RecordingSink.granted(hub, "earliest", List.of("/b"), "/a").takeData(1))
                .containsExactly("open");
    }

    @Test
    void freshSubscriberBeginsAtTheEnd() {
        publish("before", "/a");
        var sink = RecordingSink.fresh(hub, "/a");
        publish("after", "/a");
        assertThat(sink.takeData(1)).containsExactly("after");
        assertThat(sink.subscriber().start().lastEventId()).isNull();
    }

    @Test
    void resumeGoesOnAfterTheIdAndThenLive() {
        publish("1", "/a");
        String id = publish("2", "/a").id();
        publish("3", "/a");
        var sink = RecordingSink.resuming(hub, id, "/a");
        publish("4", "/a");
        assertThat(sink.takeData(2)).containsExactly("3", "4");
        assertThat(sink.subscriber().start().lastEventId()).isEqualTo(id);
        assertThat(sink.subscriber().start().primed()).isEqualTo(id);
        assertThat(sink.subscriber().start().gap()).isNull();
    }

    @Test
    void unknownIdGetsTheGapAndEverythingHeld() {
        publish("1", "/a");
        var sink = RecordingSink.resuming(hub, "nobody-knows", "/a");
        assertThat(sink.takeData(1)).containsExactly("1");
        assertThat(sink.subscriber().start().gap()).isEqualTo(new Gap("nobody-knows", log.end()));
        assertThat(sink.subscriber().start().lastEventId()).isEqualTo("earliest");
        assertThat(sink.subscriber().start().primed()).isEqualTo(log.start().toString());
    }

    @Test
    void unknownIdOnAnEmptyLogHasNoOldest() {
        var sink = RecordingSink.resuming(hub, "nobody-knows", "/a");
        assertThat(sink.subscriber().start().gap()).isEqualTo(new Gap("nobody-knows", null));
    }

    /** Found when a replay ended with a page that held nothing for its subscriber, and what waited stayed waiting. */
    @Test
    void eventThatCameDuringAReplayIsTakenWithItsEnd() {
        publish("other", "/b");
        var sink = RecordingSink.resuming(hub, "earliest", "/a");
        publish("mine", "/a");
        awaitDelivery();
        assertThat(sink.subscriber().next(10, 1 << 20)).extracting(Event::data).containsExactly("mine");
    }

    @Test
    void slowSubscriberFallsBackToHistory() {
        var sink = RecordingSink.fresh(hub, "/a");
        publishMany(1, 1_000);
        awaitDelivery();
        assertThat(sink.takeData(1_000)).isEqualTo(numbers(1, 1_000));
        publishMany(1_001, 1_010);
        assertThat(sink.takeData(10)).isEqualTo(numbers(1_001, 1_010));
    }

    @Test
    void subscriberThatHistoryHasPassedEndsAsSlow() throws InterruptedException {
        var sink = RecordingSink.fresh(hub, "/a");
        publishMany(1, HISTORY + 100);
        awaitDelivery();
        assertThat(sink.takeData(OUTBOX)).isEqualTo(numbers(1, OUTBOX));
        assertThat(sink.subscriber().next(1, 1)).isEmpty();
        assertThat(sink.awaitEnd()).isEqualTo(DisconnectReason.SLOW);
        assertThat(hub.clients().size()).isZero();
    }

    /** Found when history moved on between a subscriber's opening and its first page. */
    @Test
    void subscriberFromTheEarliestIsNotSlowBeforeItHasBegun() {
        publishMany(1, HISTORY);
        awaitDelivery();
        var sink = RecordingSink.resuming(hub, "earliest", "/a");
        publishMany(HISTORY + 1, HISTORY + 100);
        awaitDelivery();
        assertThat(sink.takeData(HISTORY)).isEqualTo(numbers(101, HISTORY + 100));
    }

    /** Found when delivery was slow: events came the live way that were older than the history it had begun with. */
    @Test
    void subscriberFromTheEarliestGetsNothingOlderThanItsBeginning() {
        close();
        var lagging = new LaggingLog(memoryLog());
        open(lagging, OUTBOX);
        publishMany(1, HISTORY);
        lagging.deliver(40);
        Eventually.holds("40 events are delivered", () -> hub.delivered() == 40);
        var sink = RecordingSink.resuming(hub, "earliest", "/a");
        publishMany(HISTORY + 1, HISTORY + 100);
        lagging.deliver(10);
        Eventually.holds("50 events are delivered", () -> hub.delivered() == 50);
        assertThat(sink.subscriber().next(1, 1)).isEmpty();
        lagging.deliver(HISTORY + 50);
        assertThat(sink.takeData(HISTORY)).isEqualTo(numbers(101, HISTORY + 100));
    }

    /** Found beside it: what had come from its outbox was followed by what history still held, and nothing said so. */
    @Test
    void subscriberThatHistoryHasPassedAfterItsFirstEventsEndsAsSlow() throws InterruptedException {
        var sink = RecordingSink.resuming(hub, "earliest", "/a");
        publishMany(1, HISTORY + 100);
        awaitDelivery();
        assertThat(sink.takeData(OUTBOX)).isEqualTo(numbers(1, OUTBOX));
        assertThat(sink.subscriber().next(1, 1)).isEmpty();
        assertThat(sink.awaitEnd()).isEqualTo(DisconnectReason.SLOW);
    }

    @Test
    void whatCouldNotBeDeliveredIsReadFromHistoryByWhoResumes() throws InterruptedException {
        close();
        var lagging = new LaggingLog(memoryLog());
        open(lagging, 4);
        var first = RecordingSink.fresh(hub, "/a");
        String id = first.subscriber().start().primed();
        lagging.failing(true);
        publishMany(1, 2);
        lagging.deliver(2);
        assertThat(first.awaitEnd()).isEqualTo(DisconnectReason.FAILED);
        awaitDelivery();
        lagging.failing(false);
        var again = RecordingSink.resuming(hub, id, "/a");
        lagging.deliver(1);
        publish("3", "/a");
        assertThat(again.takeData(3)).containsExactly("1", "2", "3");
    }

    @Test
    void batchThatStraddlesTheOutboxAndTheJoiningComesWhole() {
        close();
        var lagging = new LaggingLog(memoryLog());
        open(lagging, 4);
        var early = RecordingSink.fresh(hub, "/a");
        hub.publish(numbers(1, 9).stream().map(n -> request(n, "/a")).toList());
        var late = RecordingSink.fresh(hub, "/a");
        hub.publish(numbers(10, 12).stream().map(n -> request(n, "/a")).toList());
        lagging.deliver(12);
        assertThat(late.takeData(3)).isEqualTo(numbers(10, 12));
        assertThat(early.takeData(12)).isEqualTo(numbers(1, 12));
    }

    /** Publishers, subscribers that dawdle, and subscribers that resume, all at once: one order for everybody. */
    @Test
    void everySubscriberSeesOneOrderHoweverSlowItIs() throws Exception {
        int publishers = 4;
        int each = 1_000;
        int all = publishers * each;
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            var seen = new ArrayList<Future<List<String>>>();
            for (int i = 0; i < 4; i++) {
                var sink = RecordingSink.fresh(hub, "*");
                seen.add(threads.submit(dawdling(sink, all, i)));
            }
            var published = new ArrayList<Future<?>>();
            for (int i = 0; i < publishers; i++) {
                String publisher = "p" + i + "-";
                published.add(threads.submit(
                        () -> IntStream.range(0, each).forEach(n -> publish(publisher + n, "/" + publisher))));
            }
            for (int i = 0; i < 4; i++) {
                var sink = RecordingSink.resuming(hub, "earliest", "*");
                seen.add(threads.submit(dawdling(sink, all, 10 + i)));
            }
            for (Future<?> publisher : published) {
                publisher.get();
            }
            List<String> order = RecordingSink.resuming(hub, "earliest", "*").takeData(all);
            assertThat(order).doesNotHaveDuplicates();
            for (Future<List<String>> one : seen) {
                assertThat(one.get()).isEqualTo(order);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Found when an outbox filled up between the look that found it empty and the look that found it behind. */
    @Test
    void outboxThatOverflowsAgainAndAgainLosesDoublesAndSwapsNothing() throws Exception {
        int all = 4 * HISTORY / 5;
        close();
        open(memoryLog(), 2);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            var sink = RecordingSink.fresh(hub, "/a");
            Future<?> published = threads.submit(() -> publishMany(1, all));
            for (int number = 1; number <= all; number++) {
                assertThat(sink.takeData(1)).containsExactly(Integer.toString(number));
            }
            published.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<List<String>> dawdling(RecordingSink sink, int count, int seed) {
        return () -> {
            var random = new Random(seed);
            var seen = new ArrayList<String>();
            while (seen.size() < count) {
                int some = Math.min(count - seen.size(), 1 + random.nextInt(3 * OUTBOX));
                seen.addAll(sink.takeData(some));
                for (int spins = random.nextInt(2_000); spins > 0; spins--) {
                    Thread.onSpinWait();
                }
            }
            return seen;
        };
    }
}
