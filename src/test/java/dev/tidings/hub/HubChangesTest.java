package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.testing.HangingLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds, and from where on, when a subscriber asks for other topics or has another grant. */
class HubChangesTest extends HubFixture {

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
        for (int i = 0; i < SubscriptionVersions.MAX_CHANGES; i++) {
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
        SharedGrant grant = leaving.recipient().grant;
        assertThat(changing.recipient().grant).isSameAs(grant);
        assertThat(grant.holders).isEqualTo(2);
        leaving.end(DisconnectReason.CLOSED);
        assertThat(grant.holders).isEqualTo(1);
        grant(changing, "/other");
        assertThat(grant.holders).isZero();
        SharedGrant other = changing.recipient().grant;
        assertThat(other.holders).isEqualTo(1);
        grant(changing, "/rooms/{id}");
        assertThat(changing.recipient().grant).isNotSameAs(grant);
        assertThat(other.holders).isZero();
        changing.end(DisconnectReason.CLOSED);
        assertThat(granted("/other").recipient().grant).isNotSameAs(other);
    }

    private Subscriber granted(String selector) {
        return RecordingSink.granted(hub, null, List.of(selector), "/a").subscriber();
    }

    private static void grant(Subscriber subscriber, String selector) {
        subscriber.change(subscription -> subscription.withGranted(SelectorSet.parse(List.of(selector))));
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
        assertThat(sink.subscriber().client().delivered()).isEqualTo(1);
    }

    /** It is passed over, and the position that its peer is sent may be later by then. */
    @Test
    void privateEventThatWasReadWithoutAGrantDoesNotComeWithALaterOne() {
        var sink = RecordingSink.granted(hub, null, List.of("/a"), "/a");
        publishPrivate("1", "/a");
        awaitDelivery();
        grant(sink.subscriber(), "/b");
        assertThat(sink.subscriber().next(1, 1 << 20)).isEmpty();
        assertThat(sink.subscriber().reached()).isEqualTo(log.end());
        grant(sink.subscriber(), "/a");
        publish("2", "/a");
        assertThat(sink.takeData(1)).containsExactly("2");
    }

    /** The grant counts when an event is published and when it is read, not in between. */
    @Test
    void privateEventThatIsReadUnderALaterGrantComesOnlyIfItsOwnGrantCoveredIt() {
        var sink = RecordingSink.granted(hub, null, List.of("/a"), "/a");
        publishPrivate("covered", "/a");
        awaitDelivery();
        grant(sink.subscriber(), "/b");
        publishPrivate("not covered", "/a");
        awaitDelivery();
        grant(sink.subscriber(), "/a");
        publish("last", "/a");
        assertThat(sink.takeData(2)).containsExactly("covered", "last");
    }

    @Test
    void roomForTemplatesIsAskedForWithoutTakingIt() {
        close();
        log = memoryLog();
        hub = new Hub(
                log,
                new HubLimits(OUTBOX, 1L << 20, 2, 0, 0, 0, 0, Duration.ZERO),
                new Refusals(System::nanoTime),
                "node",
                Clock.systemUTC());
        var peer = new Peer("alice", "alice", "192.0.2.1", "test", "sse", null);
        for (int i = 0; i < 3; i++) {
            hub.requireRoomFor(peer, selectors("/{a}", "/{b}"));
        }
        var sink = RecordingSink.fresh(hub, "/{a}", "/{b}");
        assertThatThrownBy(() -> hub.requireRoomFor(peer, selectors("/{c}"))).isInstanceOf(LimitReachedException.class);
        assertThatThrownBy(() -> RecordingSink.fresh(hub, "/{c}")).isInstanceOf(LimitReachedException.class);
        sink.subscriber().end(DisconnectReason.CLOSED);
        hub.requireRoomFor(peer, selectors("/{c}"));
        assertThat(hub.clients().size()).isZero();
    }

    @Test
    void changeThatIsRefusedLeavesAllAsItWas() {
        close();
        log = memoryLog();
        hub = new Hub(
                log,
                new HubLimits(OUTBOX, 1L << 20, 2, 0, 0, 0, 0, Duration.ZERO),
                new Refusals(System::nanoTime),
                "node",
                Clock.systemUTC());
        var sink = RecordingSink.fresh(hub, "/{a}", "/{b}");
        assertThatThrownBy(() -> ask(sink, "/{a}", "/{b}", "/{c}")).isInstanceOf(LimitReachedException.class);
        ask(sink, "/x/{c}", "/x/{d}");
        publish("1", "/a");
        publish("2", "/x/1");
        assertThat(sink.takeData(1)).containsExactly("2");
        ask(sink, "/{a}", "/{b}");
    }

    @ParameterizedTest
    @EnumSource(Refused.class)
    void lineAboutARefusalThatHangsHoldsUpNobodyElse(Refused refused) throws Exception {
        close();
        log = memoryLog();
        hub = new Hub(
                log,
                new HubLimits(OUTBOX, 1L << 20, 2, 0, 0, 0, 0, Duration.ZERO),
                new Refusals(System::nanoTime),
                "node",
                Clock.systemUTC());
        var sink = RecordingSink.fresh(hub, "/{a}", "/{b}");
        try (HangingLog hanging = HangingLog.of(Refusals.class)) {
            Thread refusedOne = new Thread(
                    () -> assertThatThrownBy(() -> refused.ask(hub, sink)).isNotNull());
            refusedOne.start();
            hanging.awaitLine();
            CompletableFuture<List<String>> others = CompletableFuture.supplyAsync(() -> {
                var other = RecordingSink.fresh(hub, "/a");
                assertThatThrownBy(() -> RecordingSink.fresh(hub, "/{d}")).isInstanceOf(LimitReachedException.class);
                publish("1", "/a");
                return other.takeData(1);
            });
            assertThat(others.get(10, TimeUnit.SECONDS)).containsExactly("1");
            hanging.goOn();
            refusedOne.join();
        }
    }

    /** Where the hub refuses templates. */
    enum Refused {
        STREAM,
        QUESTION,
        CHANGE;

        void ask(Hub hub, RecordingSink sink) {
            switch (this) {
                case STREAM -> RecordingSink.fresh(hub, "/{c}");
                case QUESTION -> hub.requireRoomFor(sink.subscriber().client().peer(), selectors("/{c}"));
                case CHANGE ->
                    sink.subscriber()
                            .change(subscription -> subscription.withTopics(selectors("/{a}", "/{b}", "/{c}")));
            }
        }
    }

    @Test
    void changeHoldsAfterThePositionThatIsReturned() {
        var sink = RecordingSink.fresh(hub, "/a");
        publishMany(1, 3);
        awaitDelivery();
        Position after = sink.subscriber().change(subscription -> subscription.withTopics(selectors("/b")));
        assertThat(after).isEqualTo(log.end());
    }

    private static SelectorSet selectors(String... topics) {
        return SelectorSet.parse(List.of(topics));
    }
}
