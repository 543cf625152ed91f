package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.SelectorSet;
import dev.tidings.log.MemoryLog;
import dev.tidings.log.Retention;
import dev.tidings.testing.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubTest {

    private static final int OUTBOX = 8;
    private static final int HISTORY = 5_000;

    private EventLog log;
    private Hub hub;

    @BeforeEach
    void open() {
        open(memoryLog(), OUTBOX);
    }

    private void open(EventLog log, int outbox) {
        this.log = log;
        hub = new Hub(log, outbox, 1L << 20, Clock.systemUTC());
    }

    private static EventLog memoryLog() {
        return new MemoryLog(
                new Retention(HISTORY, Duration.ofHours(1), 1L << 30, SelectorSet.of(List.of())), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void eventReachesEverySubscriberOfItsTopic() {
        var first = RecordingSink.fresh(hub, "/a");
        var second = RecordingSink.fresh(hub, "/a");
        publish("hello", "/a");
        assertThat(first.takeData(1)).containsExactly("hello");
        assertThat(second.takeData(1)).containsExactly("hello");
    }

    @Test
    void eventOfSeveralMatchingSelectorsComesOnce() {
        var sink = RecordingSink.fresh(hub, "/a", "/b", "*", "/{x}");
        publish("both", "/a", "/b");
        publish("last", "/a");
        assertThat(sink.takeData(2)).containsExactly("both", "last");
    }

    @Test
    void eventOfAnotherTopicDoesNotCome() {
        var sink = RecordingSink.fresh(hub, "/a");
        publish("other", "/b");
        publish("mine", "/a");
        assertThat(sink.takeData(1)).containsExactly("mine");
    }

    @Test
    void privateEventNeedsAGrantForAnyOfItsTopics() {
        var without = RecordingSink.granted(hub, null, List.of(), "*");
        var with = RecordingSink.granted(hub, null, List.of("/orders/{id}"), "/a");
        publishPrivate("secret", "/a", "/orders/1");
        publish("open", "/a");
        assertThat(with.takeData(2)).containsExactly("secret", "open");
        assertThat(without.takeData(1)).containsExactly("open");
    }

    @Test
    void eventsThatAreDeliveredTogetherComeInOrderToEachWhoMayHaveThem() {
        var everyone = RecordingSink.fresh(hub, "/a");
        var granted = RecordingSink.granted(hub, null, List.of("/a"), "/a", "/{x}");
        hub.publish(List.of(
                request("1", "/a"),
                request("2", "/a"),
                privately("3", "/a"),
                privately("4", "/a"),
                request("5", "/a"),
                request("6", "/a", "/b"),
                request("7", "/a"),
                request("8", "/b")));
        publish("last", "/a");
        assertThat(everyone.takeData(6)).containsExactly("1", "2", "5", "6", "7", "last");
        assertThat(granted.takeData(9)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "last");
    }

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

    /** Found when an error in the delivering thread ended it, and the hub went on accepting events. */
    @Test
    void deliveryThatFailsEndsTheStreamsAndGoesOn() throws InterruptedException {
        var victim = RecordingSink.failing(hub, "/a");
        publish("1", "/a");
        assertThat(victim.awaitEnd()).isEqualTo(DisconnectReason.FAILED);
        var next = RecordingSink.fresh(hub, "/a");
        publish("2", "/a");
        assertThat(next.takeData(1)).containsExactly("2");
        assertThat(hub.ready()).isTrue();
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
    void runThatStraddlesTheOutboxAndThePlaceOfJoiningComesWhole() {
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

    @Test
    void topicsThatAreAskedForWhileReplayingHoldFromThenOn() {
        publish("old", "/b");
        publishMany(1, 20);
        var sink = RecordingSink.resuming(hub, "earliest", "/a");
        publishMany(21, 40);
        publish("before", "/b");
        ask(sink, "/a", "/b");
        publish("after", "/b");
        ask(sink, "/b");
        publish("unasked", "/a");
        publish("last", "/b");
        List<String> expected = new ArrayList<>(numbers(1, 40));
        expected.addAll(List.of("after", "last"));
        assertThat(sink.takeData(42)).isEqualTo(expected);
        assertThat(sink.subscriber().next(1, 1)).isEmpty();
    }

    @Test
    void subscriberWithMoreChangesThanItReadsIsToldToReadOn() {
        var sink = RecordingSink.fresh(hub, "/a");
        publish("1", "/a");
        awaitDelivery();
        for (int i = 0; i < Terms.MAX_CHANGES; i++) {
            ask(sink, "/a", "/" + i);
        }
        assertThatThrownBy(() -> ask(sink, "/a")).isInstanceOf(InvalidRequestException.class);
        assertThat(sink.takeData(1)).containsExactly("1");
        assertThat(sink.subscriber().next(1, 1)).isEmpty();
        ask(sink, "/a");
        publish("2", "/a");
        assertThat(sink.takeData(1)).containsExactly("2");
    }

    @Test
    void eventFromBeforeAChangeShowsTheTopicsThatWereAskedForThen() {
        var sink = RecordingSink.fresh(hub, "/a");
        publish("1", "/a", "/b");
        ask(sink, "/b");
        publish("2", "/a", "/b");
        List<Event> events = sink.take(2);
        assertThat(sink.subscriber().visibleTopics(events.get(1))).containsExactly("/b");
        var again = RecordingSink.fresh(hub, "/a");
        publish("3", "/a", "/b");
        ask(again, "/b");
        assertThat(again.subscriber().visibleTopics(again.take(1).get(0))).containsExactly("/a");
    }

    @Test
    void equalGrantsAreAskedOnceForAnEventAndForgottenWithTheirLastHolder() {
        var grants = new Grants();
        SelectorSet selectors = SelectorSet.parse(List.of("/rooms/{id}"));
        SharedGrant first = grants.hold(selectors);
        SharedGrant second = grants.hold(SelectorSet.parse(List.of("/rooms/{id}")));
        assertThat(second).isSameAs(first);
        grants.release(first);
        assertThat(grants.hold(selectors)).isSameAs(first);
        grants.release(first);
        grants.release(first);
        assertThat(grants.hold(selectors)).isNotSameAs(first);
    }

    @Test
    void subscriberEndsOnceWithTheFirstReason() throws InterruptedException {
        var sink = RecordingSink.fresh(hub, "/a");
        sink.subscriber().end(DisconnectReason.EXPIRED);
        sink.subscriber().end(DisconnectReason.CLOSED);
        assertThat(sink.awaitEnd()).isEqualTo(DisconnectReason.EXPIRED);
        assertThat(sink.furtherEnds()).isEmpty();
        assertThat(sink.subscriber().ended()).isEqualTo(DisconnectReason.EXPIRED);
    }

    @Test
    void quietSubscriberIsStaleWhenAThousandEventsWentBy() {
        var sink = RecordingSink.fresh(hub, "/quiet");
        publishMany(1, 1_000);
        Eventually.holds("it is stale", () -> sink.subscriber().stale());
        assertThat(sink.subscriber().next(10, 1 << 20)).isEmpty();
        assertThat(sink.subscriber().reached().place()).isEqualTo(1_000);
        assertThat(sink.subscriber().stale()).isFalse();
    }

    @Test
    void positionReachedIsNeverAheadOfAnEventNotTaken() {
        var sink = RecordingSink.fresh(hub, "/a");
        publish("1", "/a");
        publishMany(2, 20);
        assertThat(sink.takeData(1)).containsExactly("1");
        assertThat(sink.subscriber().reached().place()).isEqualTo(1);
        assertThat(sink.takeData(19)).isEqualTo(numbers(2, 20));
        assertThat(sink.subscriber().reached().place()).isEqualTo(20);
    }

    @Test
    void passingEventsComeInOrderAndAreNotKept() {
        var sink = RecordingSink.fresh(hub, "/a");
        publish("1", "/a");
        log.pass(request("passing", "/a"));
        publish("2", "/a");
        assertThat(sink.takeData(3)).containsExactly("1", "passing", "2");
        assertThat(RecordingSink.resuming(hub, "earliest", "/a").takeData(2)).containsExactly("1", "2");
    }

    @Test
    void missedPassingEventIsSaid() {
        var sink = RecordingSink.fresh(hub, "/a");
        publishMany(1, OUTBOX);
        log.pass(request("missed", "/a"));
        publishMany(OUTBOX + 1, OUTBOX + 1);
        awaitDelivery();
        var seen = new ArrayList<String>();
        Gap gap = null;
        while (seen.size() < OUTBOX + 1) {
            Gap taken = sink.subscriber().takeGap();
            gap = taken == null ? gap : taken;
            sink.subscriber().next(100, 1 << 20).forEach(event -> seen.add(event.data()));
        }
        assertThat(seen).isEqualTo(numbers(1, OUTBOX + 1));
        assertThat(gap)
                .isEqualTo(
                        new Gap(log.start().at(OUTBOX).toString(), log.start().at(1)));
        assertThat(sink.subscriber().takeGap()).isNull();
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

    /** Has a subscriber ask for other topics than before, when all that was published is delivered. */
    private void ask(RecordingSink sink, String... topics) {
        awaitDelivery();
        sink.subscriber().change(subscription -> subscription.withTopics(SelectorSet.parse(List.of(topics))));
    }

    private void awaitDelivery() {
        Eventually.holds(
                "everything is delivered", () -> hub.delivered() == log.end().place());
    }

    private Event publish(String data, String... topics) {
        return hub.publish(List.of(request(data, topics))).get(0);
    }

    private void publishPrivate(String data, String... topics) {
        hub.publish(List.of(privately(data, topics)));
    }

    private void publishMany(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(n -> publish(Integer.toString(n), "/a"));
    }

    private static PublishRequest request(String data, String... topics) {
        return new PublishRequest(List.of(topics), null, data, null, null, false);
    }

    private static PublishRequest privately(String data, String... topics) {
        return new PublishRequest(List.of(topics), null, data, null, null, true);
    }

    private static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }
}
