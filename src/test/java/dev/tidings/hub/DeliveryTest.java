package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.testing.Eventually;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens while a run of events is on its way: everybody may come, change and go, and waits for nothing. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeliveryTest extends HubFixture {

    private HoldingSink holder;

    @BeforeEach
    void subscribeHolder() {
        // It asks for everything, and so it comes before those who asked for topics.
        holder = HoldingSink.subscribe(hub, "*");
    }

    @AfterEach
    void letGo() {
        holder.letGo();
    }

    @Test
    void whoJoinsMeanwhileDoesNotWaitAndGetsWhatComesAfterwards() {
        holder.hold();
        publish("under way", "/a");
        holder.awaitHeld();
        var late = RecordingSink.fresh(hub, "/a");
        publish("after", "/a");
        holder.letGo();
        assertThat(late.takeData(1)).containsExactly("after");
        awaitDelivery();
        assertThat(late.subscriber().next(1, 1)).isEmpty();
    }

    @Test
    void whoseTopicsNoTemplateBeginsWithIsPublishedThoughAllPlacesOfThoseWhoCompareMuchAreTaken() {
        RecordingSink.fresh(
                hub, IntStream.range(0, 2_500).mapToObj(n -> "/zz/{x}" + n).toArray(String[]::new));
        holder.hold();
        publish("under way", "/a");
        holder.awaitHeld();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<Void>> many = IntStream.rangeClosed(0, Turns.PLACES)
                    .mapToObj(n -> CompletableFuture.runAsync(
                            () -> publish(
                                    "much",
                                    IntStream.range(0, 10)
                                            .mapToObj(i -> "/zz/" + n + "/" + i)
                                            .toArray(String[]::new)),
                            threads))
                    .toList();
            Eventually.holds(
                    "one too many is refused",
                    () -> many.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
            hub.publish(IntStream.range(0, 1_000)
                    .mapToObj(n -> privately("little", "/users/" + n))
                    .toList());
        } finally {
            holder.letGo();
            threads.shutdown();
        }
    }

    @Test
    void forHowLongARunIsUnderWayIsToldUntilItIsDone() {
        assertThat(hub.delivering()).isZero();
        holder.hold();
        publish("under way", "/a");
        holder.awaitHeld();
        assertThat(hub.delivering()).isPositive().isLessThan(Eventually.LIMIT);
        holder.letGo();
        Eventually.holds("it is done", () -> hub.delivering().isZero());
    }

    @Test
    void whoResumesMeanwhileGetsTheRunOnce() {
        String first = publish("1", "/a").id();
        awaitDelivery();
        holder.hold();
        publish("2", "/a");
        holder.awaitHeld();
        var resumed = RecordingSink.resuming(hub, first, "/a");
        assertThat(resumed.takeData(1)).containsExactly("2");
        publish("3", "/a");
        holder.letGo();
        assertThat(resumed.takeData(1)).containsExactly("3");
        awaitDelivery();
        assertThat(resumed.subscriber().next(1, 1)).isEmpty();
    }

    @Test
    void whoAsksForOtherTopicsMeanwhileGetsTheRunByWhatItAskedForBefore() {
        var changed = RecordingSink.fresh(hub, "/a");
        var other = RecordingSink.fresh(hub, "/b");
        holder.hold();
        publish("1", "/a");
        holder.awaitHeld();
        topics(changed, "/b");
        topics(other, "/a");
        publish("2", "/b");
        publish("3", "/a");
        holder.letGo();
        assertThat(changed.takeData(2)).containsExactly("1", "2");
        assertThat(other.takeData(1)).containsExactly("3");
        awaitDelivery();
        assertThat(changed.subscriber().next(1, 1)).isEmpty();
        assertThat(other.subscriber().next(1, 1)).isEmpty();
    }

    @Test
    void whoIsGrantedMoreOrLessMeanwhileIsToGetNoMoreThanBoth() {
        var less = RecordingSink.granted(hub, null, List.of("/a"), "/a");
        var more = RecordingSink.granted(hub, null, List.of(), "/a");
        holder.hold();
        publishPrivate("1", "/a");
        holder.awaitHeld();
        less.subscriber().change(subscription -> subscription.withGranted(SelectorSet.of(List.of())));
        more.subscriber().change(subscription -> subscription.withGranted(SelectorSet.parse(List.of("/a"))));
        publishPrivate("2", "/a");
        publish("3", "/a");
        holder.letGo();
        assertThat(less.takeData(1)).containsExactly("3");
        assertThat(more.takeData(2)).containsExactly("2", "3");
    }

    @Test
    void grantsThatComeAndGoMeanwhileAreLetGo() {
        Subscriber subscriber =
                RecordingSink.granted(hub, null, List.of("/1"), "/a").subscriber();
        SharedGrant first = subscriber.recipient().grant;
        holder.hold();
        publish("1", "/a");
        holder.awaitHeld();
        grant(subscriber, "/2");
        SharedGrant second = subscriber.recipient().nextGrant;
        grant(subscriber, "/3");
        SharedGrant third = subscriber.recipient().nextGrant;
        assertThat(List.of(first.holders, second.holders, third.holders)).containsExactly(1, 0, 1);
        subscriber.end(DisconnectReason.CLOSED);
        holder.letGo();
        // That is settled a moment after the event counts as delivered.
        Eventually.passes(
                () -> assertThat(List.of(first.holders, third.holders)).containsExactly(0, 0));
    }

    private static void grant(Subscriber subscriber, String selector) {
        subscriber.change(subscription -> subscription.withGranted(SelectorSet.parse(List.of(selector))));
    }

    @Test
    void whoGoesMeanwhileGetsNothingAndLeavesNothingBehind() {
        var gone = RecordingSink.fresh(hub, "/a", "/{x}");
        holder.hold();
        publish("1", "/a");
        holder.awaitHeld();
        gone.subscriber().end(DisconnectReason.CLOSED);
        var brief = RecordingSink.fresh(hub, "/a", "/{y}");
        topics(brief, "/{z}");
        brief.subscriber().end(DisconnectReason.CLOSED);
        assertThat(hub.clients().size()).isEqualTo(1);
        holder.letGo();
        publish("2", "/a");
        awaitDelivery();
        assertThat(gone.subscriber().queued()).isZero();
        assertThat(brief.subscriber().queued()).isZero();
    }

    @Test
    void passingEventUnderWayGoesToThoseWhoWereThereAlsoWhenTheyFellBehindAndJoinAgain() {
        var behind = RecordingSink.fresh(hub, "/a");
        publishMany(1, OUTBOX + 1);
        awaitDelivery();
        assertThat(behind.takeData(OUTBOX)).isEqualTo(numbers(1, OUTBOX));
        holder.hold();
        log.pass(request("passing", "/a"));
        publish("last", "/a");
        holder.awaitHeld();
        // It joins again while that is under way.
        assertThat(behind.takeData(1)).isEqualTo(numbers(OUTBOX + 1, OUTBOX + 1));
        holder.letGo();
        assertThat(behind.takeData(2)).containsExactly("passing", "last");
    }

    @Test
    void passingEventUnderWayGoesToThoseWhoAskForItNoMoreAndToNobodyWhoCameLater() {
        var changed = RecordingSink.fresh(hub, "/a");
        holder.hold();
        log.pass(request("passing", "/a"));
        holder.awaitHeld();
        topics(changed, "/b");
        var late = RecordingSink.fresh(hub, "/a");
        publish("after", "/a", "/b");
        holder.letGo();
        assertThat(changed.takeData(2)).containsExactly("passing", "after");
        assertThat(late.takeData(1)).containsExactly("after");
    }

    private static void topics(RecordingSink sink, String... topics) {
        sink.subscriber().change(subscription -> subscription.withTopics(SelectorSet.parse(List.of(topics))));
    }
}
