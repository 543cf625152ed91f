package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishRequest;
import dev.tidings.testing.Eventually;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events reach those they are for, in the order of the log. */
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
    void quietSubscriberIsStaleWhenAThousandEventsWentBy() {
        var sink = RecordingSink.fresh(hub, "/quiet");
        publishMany(1, 1_000);
        Eventually.holds("it is stale", () -> sink.subscriber().isStale());
        assertThat(sink.subscriber().next(10, 1 << 20)).isEmpty();
        assertThat(sink.subscriber().reached().sequence()).isEqualTo(1_000);
        assertThat(sink.subscriber().isStale()).isFalse();
    }

    @Test
    void positionReachedIsNeverAheadOfAnEventNotTaken() {
        var sink = RecordingSink.fresh(hub, "/a");
        publish("1", "/a");
        publishMany(2, 20);
        assertThat(sink.takeData(1)).containsExactly("1");
        assertThat(sink.subscriber().reached().sequence()).isEqualTo(1);
        assertThat(sink.takeData(19)).isEqualTo(numbers(2, 20));
        assertThat(sink.subscriber().reached().sequence()).isEqualTo(20);
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
    void whenAndWithWhichTopicsAClientCameIsKnown() {
        Instant before = Instant.now();
        var sink = RecordingSink.fresh(hub, "/a");
        assertThat(sink.subscriber().client().connectedAt()).isBetween(before, Instant.now());
        Event event = publish("1", "/a", "/b");
        assertThat(sink.subscriber().visibleTopics(event)).containsExactly("/a");
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
        assertThat(sink.subscriber().client().delivered()).isZero();
        assertThat(sink.subscriber().hasNews()).isTrue();
        sink.takeData(3);
        assertThat(sink.subscriber().queued()).isEqualTo(2);
        assertThat(sink.subscriber().client().delivered()).isEqualTo(3);
        sink.takeData(2);
        assertThat(sink.subscriber().queued()).isZero();
        assertThat(sink.subscriber().client().delivered()).isEqualTo(5);
        assertThat(sink.subscriber().hasNews()).isFalse();
        assertThat(sink.subscriber().peerPosition()).isEqualTo(log.end());
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
