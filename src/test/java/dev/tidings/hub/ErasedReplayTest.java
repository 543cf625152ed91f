package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever comes by the place of an erased event is told of a gap, if the event was for them, and nobody else is. */
class ErasedReplayTest extends HubFixture {

    @Test
    void gapStandsWhereTheErasedEventStood() {
        publish("1", "/a");
        Event erased = erase(publish("2", "/a"));
        publish("3", "/a");
        assertThat(replay("/a")).containsExactly("1", "gap after " + erased.position(), "3");
    }

    @Test
    void gapIsToldWithNothingAfterIt() {
        publish("1", "/a");
        Event erased = erase(publish("2", "/a"));
        assertThat(replay("/a")).containsExactly("1", "gap after " + erased.position());
    }

    /** A page has 256 events. */
    @Test
    void gapIsToldOnceForEachPageOfHistory() {
        IntStream.rangeClosed(1, 300).forEach(n -> {
            publish("kept", "/a");
            erase(publish("erased", "/a"));
        });
        List<String> said = replay("/a");
        assertThat(said.stream().filter(one -> one.startsWith("gap"))).hasSize(3);
        assertThat(said.stream().filter(one -> one.equals("kept"))).hasSize(300);
    }

    @Test
    void whoBeginsWithWhatIsStoredIsToldOfNoGap() {
        publish("1", "/a");
        erase(publish("2", "/a"));
        publish("3", "/a");
        awaitDelivery();
        assertThat(said(RecordingSink.resuming(hub, "earliest", "/a"))).containsExactly("1", "3");
        assertThat(said(RecordingSink.beginning(hub, new StartRequest.Latest(), List.of(), "/{x}")))
                .containsExactly("3");
    }

    @Test
    void gapIsToldToThoseWhoAskedForItByATemplateOrForEverything() {
        erase(publish("public", "/orders/1"));
        assertThat(replay("/orders/{id}")).hasSize(1);
        assertThat(replay("*")).hasSize(1);
    }

    @Test
    void gapIsNotToldToThoseWhoAskedForSomethingElse() {
        erase(publish("public", "/orders/1"));
        assertThat(replay("/orders/2")).isEmpty();
        assertThat(replay("/users/{id}")).isEmpty();
    }

    @Test
    void gapOfAPrivateEventIsToldToThoseAloneWhoMightHaveIt() {
        erase(publishPrivate("secret", "/users/alice"));
        assertThat(replay(List.of("/users/alice"), "/users/alice")).hasSize(1);
        assertThat(replay(List.of("/users/alice"), "*")).hasSize(1);
        assertThat(replay(List.of("*"), "/users/{id}")).hasSize(1);
        assertThat(replay(List.of(), "/users/alice")).as("not granted").isEmpty();
        assertThat(replay(List.of("/users/bob"), "/users/alice", "*"))
                .as("another's")
                .isEmpty();
        assertThat(replay(List.of("/orders/{id}"), "*")).as("another place").isEmpty();
    }

    /** Not even an operator who names the place where the marks stand. */
    @Test
    void whatIsLeftOfAnEventIsDeliveredToNobody() {
        erase(publishPrivate("secret", "/users/alice"));
        assertThat(replay(List.of("/hub/{+any}"), "/hub/{+any}")).isEmpty();
    }

    @Test
    void liveSubscriberWhoFallsBehindIsToldOfTheGapAndGoesOnLive() {
        var sink = RecordingSink.fresh(hub, "/a");
        publishMany(1, OUTBOX);
        Event last = publish("erased", "/a");
        publish("kept", "/a");
        awaitDelivery();
        erase(last);
        assertThat(said(sink)).hasSize(OUTBOX + 2).endsWith("gap after " + last.position(), "kept");
        publish("live", "/a");
        assertThat(sink.takeData(1)).containsExactly("live");
    }

    /** As on a node that reads an entry of Redis after another node has erased it. */
    @Test
    void subscriberIsToldOfAnEventThatWasErasedBeforeItCame() {
        log.close();
        LaggingLog lagging = new LaggingLog(memoryLog()).rereading();
        open(lagging, OUTBOX);
        var mine = RecordingSink.granted(hub, null, List.of("/users/alice"), "/users/alice");
        var others = RecordingSink.granted(hub, null, List.of("/users/bob"), "/users/bob", "*");
        erase(publishPrivate("secret", "/users/alice"));
        publish("next", "/users");
        lagging.deliver(2);
        assertThat(others.takeData(1)).containsExactly("next");
        assertThat(said(others)).isEmpty();
        assertThat(said(mine)).hasSize(1);
    }

    private Event erase(Event event) {
        assertThat(hub.erase(Erasure.ofId(event.id()))).isEqualTo(1);
        return event;
    }

    private List<String> replay(String topic) {
        return replay(List.of(), topic);
    }

    private List<String> replay(List<String> granted, String... topics) {
        awaitDelivery();
        return said(RecordingSink.granted(hub, log.start().toString(), granted, topics));
    }

    /** What a stream says until it has nothing more to say. */
    private static List<String> said(RecordingSink sink) {
        var said = new ArrayList<String>();
        Subscriber subscriber = sink.subscriber();
        while (subscriber.replaying() || subscriber.hasNews()) {
            Gap gap = subscriber.takeGap();
            if (gap != null) {
                assertThat(gap.isErased()).isTrue();
                said.add("gap after " + gap.requested());
            }
            subscriber.next(10, 1 << 20).forEach(event -> said.add(event.data()));
        }
        return said;
    }
}
