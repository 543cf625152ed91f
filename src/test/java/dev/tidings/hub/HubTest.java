package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.SelectorSet;
import dev.tidings.testing.Eventually;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HubTest extends HubFixture {

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

    /** Found when an error in the delivering thread ended it, and the hub went on accepting events. */
    @Test
    void deliveryThatFailsEndsTheStreamsAndGoesOn() throws InterruptedException {
        var victim = RecordingSink.failing(hub, "/a");
        publish("1", "/a");
        assertThat(victim.awaitEnd()).isEqualTo(DisconnectReason.FAILED);
        var next = RecordingSink.fresh(hub, "/a");
        publish("2", "/a");
        assertThat(next.takeData(1)).containsExactly("2");
        assertThat(hub.fault()).isNull();
    }

    /** Found when events that the log had accepted were lost on their way to delivery, and no stream ever had them. */
    @Test
    void eventThatDeliveryNeverSawEndsTheStreamsSoThatTheyResume() throws InterruptedException {
        var lagging = new LaggingLog(memoryLog());
        log.close();
        open(lagging, OUTBOX);
        lagging.deliver(100);
        var sink = RecordingSink.fresh(hub, "/a");
        String first = publish("1", "/a").id();
        assertThat(sink.takeData(1)).containsExactly("1");
        lagging.losing(true);
        publish("lost", "/a");
        Eventually.holds("it is lost", () -> lagging.lost() == 1);
        lagging.losing(false);
        publish("2", "/a");
        assertThat(sink.awaitEnd()).isEqualTo(DisconnectReason.FAILED);
        var next = RecordingSink.resuming(hub, first, "/a");
        publish("3", "/a");
        assertThat(next.takeData(3)).containsExactly("lost", "2", "3");
    }

    @Test
    void subscriberThatNoListenerHadMemoryForLeavesNothingBehind() {
        var heard = new ArrayList<String>();
        hub.addListener(recording(heard, "first"));
        hub.addListener(new SubscriberListener() {
            @Override
            public void connected(Subscriber subscriber) {
                throw new OutOfMemoryError("as if");
            }

            @Override
            public void disconnected(Subscriber subscriber, DisconnectReason reason) {
                heard.add("the failing one hears that it went");
            }
        });
        hub.addListener(recording(heard, "last"));
        assertThatThrownBy(() -> RecordingSink.fresh(hub, "/a", "/{x}")).isInstanceOf(OutOfMemoryError.class);
        assertThat(hub.clients().size()).isZero();
        assertThat(hub.clients().all()).isEmpty();
        assertThat(heard).containsExactly("first +", "first -");
    }

    /** Found when an error while others were told of an end kept the stream from ending. */
    @Test
    void subscriberEndsThoughAListenerHasNoMemory() throws InterruptedException {
        hub.addListener(new SubscriberListener() {
            @Override
            public void connected(Subscriber subscriber) {}

            @Override
            public void disconnected(Subscriber subscriber, DisconnectReason reason) {
                throw new OutOfMemoryError("as if");
            }
        });
        var sink = RecordingSink.fresh(hub, "/a");
        sink.subscriber().end(DisconnectReason.DISCONNECTED);
        assertThat(sink.awaitEnd()).isEqualTo(DisconnectReason.DISCONNECTED);
        assertThat(hub.clients().size()).isZero();
    }

    private static SubscriberListener recording(List<String> heard, String name) {
        return new SubscriberListener() {
            @Override
            public void connected(Subscriber subscriber) {
                heard.add(name + " +");
            }

            @Override
            public void disconnected(Subscriber subscriber, DisconnectReason reason) {
                heard.add(name + " -");
            }
        };
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
    void grantIsLetGoByWhoLeavesAndByWhoChangesIt() {
        Subscriber leaving = granted("/rooms/{id}");
        Subscriber changing = granted("/rooms/{id}");
        SharedGrant grant = leaving.seat().grant;
        assertThat(changing.seat().grant).isSameAs(grant);
        assertThat(grant.holders).isEqualTo(2);
        leaving.end(DisconnectReason.CLOSED);
        assertThat(grant.holders).isEqualTo(1);
        grant(changing, "/other");
        assertThat(grant.holders).isZero();
        SharedGrant other = changing.seat().grant;
        assertThat(other.holders).isEqualTo(1);
        grant(changing, "/rooms/{id}");
        assertThat(changing.seat().grant).isNotSameAs(grant);
        assertThat(other.holders).isZero();
        changing.end(DisconnectReason.CLOSED);
        assertThat(granted("/other").seat().grant).isNotSameAs(other);
    }

    private Subscriber granted(String selector) {
        return RecordingSink.granted(hub, null, List.of(selector), "/a").subscriber();
    }

    private static void grant(Subscriber subscriber, String selector) {
        subscriber.change(subscription -> subscription.withGranted(SelectorSet.parse(List.of(selector))));
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

    @Test
    void listenerHearsOfAChangeWithWhatWasAskedForBeforeAndOneThatFailsHarmsNobody() {
        var heard = new ArrayList<String>();
        hub.addListener(hearingChanges((subscriber, before) -> {
            throw new IllegalStateException("as if");
        }));
        hub.addListener(hearingChanges((subscriber, before) ->
                heard.add(before.topics() + " " + subscriber.subscription().topics())));
        var sink = RecordingSink.fresh(hub, "/a");
        ask(sink, "/b");
        ask(sink, "/b");
        assertThat(heard).containsExactly(selectors("/a") + " " + selectors("/b"));
        publish("1", "/b");
        assertThat(sink.takeData(1)).containsExactly("1");
    }

    private static SubscriberListener hearingChanges(BiConsumer<Subscriber, Subscription> changes) {
        return new SubscriberListener() {
            @Override
            public void connected(Subscriber subscriber) {}

            @Override
            public void changed(Subscriber subscriber, Subscription before) {
                changes.accept(subscriber, before);
            }

            @Override
            public void disconnected(Subscriber subscriber, DisconnectReason reason) {}
        };
    }

    private static SelectorSet selectors(String... topics) {
        return SelectorSet.parse(List.of(topics));
    }

    @Test
    void whatChangesNothingCountsAsNoChange() {
        var sink = RecordingSink.fresh(hub, "/a");
        publish("1", "/a");
        for (int i = 0; i <= Terms.MAX_CHANGES; i++) {
            ask(sink, "/a");
        }
        assertThat(sink.takeData(1)).containsExactly("1");
    }

    @Test
    void whoHasLeftChangesNothingMore() {
        var sink = RecordingSink.fresh(hub, "/a");
        sink.subscriber().end(DisconnectReason.CLOSED);
        ask(sink, "/b");
        assertThat(sink.subscriber().subscription().topics()).isEqualTo(selectors("/a"));
        assertThat(sink.subscriber().seat().memberships).isEmpty();
    }

    @Test
    void whoHasLeftIsHeldByNothingAndNeitherIsWhatItAskedFor() {
        List<WeakReference<Object>> gone = comeAndGo();
        publishPrivate("1", "/a", "/b/1");
        awaitDelivery();
        Eventually.holds("they are let go", () -> {
            System.gc();
            return gone.stream().allMatch(one -> one.get() == null);
        });
    }

    private List<WeakReference<Object>> comeAndGo() {
        List<Subscriber> all = List.of(
                RecordingSink.fresh(hub, "/a", "/z{/x}").subscriber(),
                RecordingSink.granted(hub, null, List.of("/a", "/b/{x}", "*"), "*", "/b/{x}")
                        .subscriber(),
                RecordingSink.granted(hub, null, List.of("/clients/{id}"), "/clients/{id}")
                        .subscriber());
        publishPrivate("1", "/a", "/b/1");
        awaitDelivery();
        List<WeakReference<Object>> gone = all.stream()
                .flatMap(one -> Stream.concat(Stream.of(one), one.subscription().topics().selectors().stream()))
                .map(one -> new WeakReference<Object>(one))
                .toList();
        all.get(0).change(subscription -> subscription.withTopics(selectors("/a", "/y{/x}")));
        all.forEach(one -> one.end(DisconnectReason.CLOSED));
        return gone;
    }

    @Test
    void whoHasTheSameTemplateAsOneThatLeavesGoesOn() {
        var leaving = RecordingSink.fresh(hub, "/{x}");
        var staying = RecordingSink.fresh(hub, "/{x}");
        publish("1", "/a");
        assertThat(staying.takeData(1)).containsExactly("1");
        leaving.subscriber().end(DisconnectReason.CLOSED);
        publish("2", "/b");
        assertThat(staying.takeData(1)).containsExactly("2");
        assertThat(leaving.subscriber().queued()).isZero();
    }

    /** What waits was let in by an earlier grant. */
    @Test
    void whatIsGrantedNoMoreIsPassedOverForWhatComesAfterIt() {
        var sink = RecordingSink.granted(hub, null, List.of("/a"), "/a");
        publishPrivate("1", "/a");
        publish("2", "/a");
        awaitDelivery();
        grant(sink.subscriber(), "/b");
        assertThat(sink.subscriber().next(1, 1 << 20)).extracting(Event::data).containsExactly("2");
        assertThat(sink.subscriber().delivered()).isEqualTo(1);
    }

    @Test
    void whenAndWithWhichTopicsAClientCameIsKnown() {
        Instant before = Instant.now();
        var sink = RecordingSink.fresh(hub, "/a");
        assertThat(sink.subscriber().connectedAt()).isBetween(before, Instant.now());
        Event event = publish("1", "/a", "/b");
        assertThat(sink.subscriber().visibleTopics(event)).containsExactly("/a");
    }

    @Test
    void roomForTemplatesIsAskedForWithoutTakingIt() {
        close();
        log = memoryLog();
        hub = new Hub(log, OUTBOX, 1L << 20, 2, Clock.systemUTC());
        var peer = new Peer("alice", "alice", "192.0.2.1", "test", "sse", null);
        for (int i = 0; i < 3; i++) {
            hub.requireRoomFor(peer, selectors("/{a}", "/{b}"));
        }
        var sink = RecordingSink.fresh(hub, "/{a}", "/{b}");
        assertThatThrownBy(() -> hub.requireRoomFor(peer, selectors("/{c}")))
                .isInstanceOf(TooManyTemplatesException.class);
        assertThatThrownBy(() -> RecordingSink.fresh(hub, "/{c}")).isInstanceOf(TooManyTemplatesException.class);
        sink.subscriber().end(DisconnectReason.CLOSED);
        hub.requireRoomFor(peer, selectors("/{c}"));
        assertThat(hub.clients().size()).isZero();
    }

    @Test
    void changeThatIsRefusedLeavesAllAsItWas() {
        close();
        log = memoryLog();
        hub = new Hub(log, OUTBOX, 1L << 20, 2, Clock.systemUTC());
        var sink = RecordingSink.fresh(hub, "/{a}", "/{b}");
        assertThatThrownBy(() -> ask(sink, "/{a}", "/{b}", "/{c}")).isInstanceOf(TooManyTemplatesException.class);
        ask(sink, "/x/{c}", "/x/{d}");
        publish("1", "/a");
        publish("2", "/x/1");
        assertThat(sink.takeData(1)).containsExactly("2");
        ask(sink, "/{a}", "/{b}");
    }

    @Test
    void idInTheFormOfAPositionIsRefusedWhenItIsLookedAt() {
        String own = log.end().at(5).toString();
        assertThatThrownBy(() -> hub.check(new PublishRequest(List.of("/a"), null, "x", own, null, false)))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void hubIsAsWellAsItsLog() {
        assertThat(hub.fault()).isNull();
        assertThat(hub.threads()).isEqualTo(log.threads()).isNotEmpty();
        log.close();
        assertThat(hub.fault()).isEqualTo(log.fault()).isNotNull();
    }

    @Test
    void howMuchWasDeliveredAndHowMuchWaitsIsCounted() {
        var sink = RecordingSink.fresh(hub, "/a");
        publishMany(1, 5);
        awaitDelivery();
        assertThat(sink.subscriber().queued()).isEqualTo(5);
        assertThat(sink.subscriber().delivered()).isZero();
        assertThat(sink.subscriber().hasNews()).isTrue();
        sink.takeData(3);
        assertThat(sink.subscriber().queued()).isEqualTo(2);
        assertThat(sink.subscriber().delivered()).isEqualTo(3);
        sink.takeData(2);
        assertThat(sink.subscriber().queued()).isZero();
        assertThat(sink.subscriber().delivered()).isEqualTo(5);
        assertThat(sink.subscriber().hasNews()).isFalse();
        assertThat(sink.subscriber().told()).isEqualTo(log.end());
    }

    @Test
    void changeHoldsAfterThePositionThatIsReturned() {
        var sink = RecordingSink.fresh(hub, "/a");
        publishMany(1, 3);
        awaitDelivery();
        Position after = sink.subscriber().change(subscription -> subscription.withTopics(selectors("/b")));
        assertThat(after).isEqualTo(log.end());
    }

    @Test
    void whatAPeerCallsItselfIsCutAfter256Characters() {
        assertThat(agent("x".repeat(256))).hasSize(256);
        assertThat(agent("x".repeat(256) + "y")).isEqualTo("x".repeat(256));
    }

    private static String agent(String userAgent) {
        return new Peer(null, "caller", "192.0.2.1", userAgent, "sse", null).userAgent();
    }
}
