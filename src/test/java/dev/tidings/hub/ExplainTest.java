package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.log.Requests;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Why a stream got an event, or did not. */
class ExplainTest extends HubFixture {

    @Test
    void takenEventIsDelivered() {
        var sink = RecordingSink.fresh(hub, "/a", "/{any}", "/b");
        Event event = publish("1", "/a");
        sink.take(1);
        Explanation why = explain(event);
        assertThat(why.verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(why.asked()).containsExactly("/a", "/{any}");
        assertThat(why.client()).isEqualTo(sink.subscriber().id());
        assertThat(why.node()).isEqualTo("local");
        assertThat(why.connectedAt()).isEqualTo(sink.subscriber().client().connectedAt());
    }

    @Test
    void eventInTheOutboxWaitsBehindThoseBeforeIt() {
        RecordingSink.fresh(hub, "/a");
        publishMany(1, 3);
        publish("other", "/b");
        Event event = publish("4", "/a");
        awaitDelivery();
        assertThat(explain(event).verdict()).isEqualTo(Verdict.WAITING);
        assertThat(explain(event).before()).isEqualTo(3);
        assertThat(explain(event).why()).contains("behind 3 others");
    }

    @Test
    void streamThatReadsHistoryHasNotComeToTheEvent() {
        publishMany(1, 20);
        Event event = publish("21", "/a");
        awaitDelivery();
        var sink = RecordingSink.resuming(hub, "earliest", "/a");
        sink.take(10);
        assertThat(explain(event).verdict()).isEqualTo(Verdict.REPLAYING);
        sink.take(11);
        assertThat(explain(event).verdict()).isEqualTo(Verdict.DELIVERED);
    }

    @Test
    void streamThatAskedForSomethingElseIsToldWhatItAskedFor() {
        RecordingSink.fresh(hub, "/orders/{id}");
        Explanation why = explain(publish("1", "/order/1"));
        assertThat(why.verdict()).isEqualTo(Verdict.NOT_ASKED);
        assertThat(why.asked()).isEmpty();
        assertThat(why.why()).isEqualTo("The stream asks for /orders/{id}, and the event is about /order/1.");
    }

    @Test
    void privateEventNeedsAGrant() {
        RecordingSink.granted(hub, null, List.of("/users/alice"), "*");
        Explanation why = explain(publishPrivate("1", "/orders/1"));
        assertThat(why.verdict()).isEqualTo(Verdict.NOT_GRANTED);
        assertThat(why.asked()).containsExactly("*");
        assertThat(why.granted()).isEmpty();
        assertThat(why.why()).contains("/users/alice", "/orders/1");
        assertThat(explain(publishPrivate("2", "/orders/1", "/users/alice")).granted())
                .containsExactly("/users/alice");
    }

    @Test
    void everythingIsNoGrantForWhatTheHubTellsItsOperators() {
        RecordingSink.granted(hub, null, List.of("*"), "*");
        var asked = new ExplainedEvent(List.of("/clients/1"), true, null);
        assertThat(only(asked).verdict()).isEqualTo(Verdict.NOT_GRANTED);
    }

    @Test
    void streamThatBeganAfterTheEventCameLater() {
        Event event = publish("1", "/a");
        Event second = publish("2", "/a");
        awaitDelivery();
        RecordingSink.fresh(hub, "/a");
        assertThat(explain(event).verdict()).isEqualTo(Verdict.CAME_LATER);
        hub.endAll(DisconnectReason.DISCONNECTED);
        RecordingSink.resuming(hub, event.id(), "/a");
        assertThat(explain(event).verdict()).isEqualTo(Verdict.CAME_LATER);
        assertThat(explain(event).why()).contains("resumed");
        assertThat(explain(second).verdict()).isEqualTo(Verdict.REPLAYING);
    }

    @Test
    void streamThatBeganWithTheNewestOfEachTopicWasNotGivenTheOthers() {
        Event other = publish("1", "/b");
        Event older = publish("2", "/a");
        Event newest = publish("3", "/a");
        awaitDelivery();
        var sink = RecordingSink.beginning(hub, new StartRequest.Latest(), List.of(), "/a", "/b");
        sink.takeData(2);
        assertThat(explain(older).verdict()).isEqualTo(Verdict.CAME_LATER);
        assertThat(explain(older).why()).contains("a newer one");
        assertThat(explain(other).verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(explain(newest).verdict()).isEqualTo(Verdict.DELIVERED);
    }

    /** What it asked for before the change is not known any more when it has read that far. */
    @Test
    void streamThatAskedForItAfterwardsIsNotSaidToHaveIt() {
        var sink = RecordingSink.fresh(hub, "/a");
        publish("1", "/a");
        Event event = publish("2", "/b");
        sink.take(1);
        ask(sink, "/a", "/b");
        publish("3", "/b");
        sink.take(1);
        sink.subscriber().next(1, 1);
        assertThat(explain(event).verdict()).isNotEqualTo(Verdict.DELIVERED);
    }

    @Test
    void eventThatMightBePublishedWouldBeDelivered() {
        RecordingSink.granted(hub, null, List.of("/a"), "/a");
        assertThat(only(ExplainedEvent.of(privately("", "/a"))).verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(only(ExplainedEvent.of(request("", "/b"))).verdict()).isEqualTo(Verdict.NOT_ASKED);
    }

    @Test
    void streamsOfAUserAreExplainedPageByPage() {
        IntStream.range(0, 5).forEach(n -> RecordingSink.fresh(hub, "/a"));
        ExplainedEvent event = ExplainedEvent.of(publish("1", "/a"));
        List<String> all = ids(hub.clients().explain(event, "alice", null, 10));
        assertThat(all).hasSize(5).isSorted();
        Explanation.Page first = hub.clients().explain(event, "alice", null, 3);
        assertThat(first.more()).isTrue();
        assertThat(ids(first)).isEqualTo(all.subList(0, 3));
        Explanation.Page rest = hub.clients().explain(event, "alice", all.get(2), 3);
        assertThat(rest.more()).isFalse();
        assertThat(ids(rest)).isEqualTo(all.subList(3, 5));
        assertThat(ids(hub.clients().explain(event, "bob", null, 3))).isEmpty();
    }

    @Test
    void eventIsFoundByItsIdOrItsPositionWhileItIsStored() {
        Event event = hub.publish(List.of(Requests.withId("mine"))).get(0);
        assertThat(found("mine")).isEqualTo("mine");
        assertThat(found(event.position().toString())).isEqualTo("mine");
        assertThat(found(log.start().toString())).isNull();
        assertThat(found("unknown")).isNull();
        hub.erase(Erasure.ofId("mine"));
        assertThat(found(event.position().toString())).isNull();
    }

    private @Nullable String found(String id) {
        Event event = hub.find(id);
        return event == null ? null : event.id();
    }

    private static List<String> ids(Explanation.Page page) {
        return page.explanations().stream().map(Explanation::client).toList();
    }

    private Explanation explain(Event event) {
        return only(ExplainedEvent.of(event));
    }

    private Explanation only(ExplainedEvent event) {
        Explanation.Page page = hub.clients().explain(event, "alice", null, 10);
        assertThat(page.more()).isFalse();
        assertThat(page.explanations()).hasSize(1);
        return page.explanations().get(0);
    }
}
