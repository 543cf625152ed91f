package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.testing.Eventually;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Coming, changing and going: who hears of it, and what is left afterwards. */
class HubListenersTest extends HubFixture {

    @Test
    void subscriberThatNoListenerHadMemoryForLeavesNothingBehind() {
        var heard = new ArrayList<String>();
        hub.addListener(recording(heard, "first"));
        hub.addListener(new SubscriberListener() {
            @Override
            public void connected(Client client) {
                throw new OutOfMemoryError("as if");
            }

            @Override
            public void disconnected(Client client, DisconnectReason reason) {
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
            public void connected(Client client) {}

            @Override
            public void disconnected(Client client, DisconnectReason reason) {
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
            public void connected(Client client) {
                heard.add(name + " +");
            }

            @Override
            public void disconnected(Client client, DisconnectReason reason) {
                heard.add(name + " -");
            }
        };
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
    void listenerHearsOfAChangeWithWhatWasAskedForBeforeAndOneThatFailsHarmsNobody() {
        var heard = new ArrayList<String>();
        hub.addListener(hearingChanges((client, before) -> {
            throw new IllegalStateException("as if");
        }));
        hub.addListener(hearingChanges((client, before) -> heard.add(before.topics() + " " + client.topics())));
        var sink = RecordingSink.fresh(hub, "/a");
        ask(sink, "/b");
        ask(sink, "/b");
        assertThat(heard).containsExactly(selectors("/a") + " " + selectors("/b"));
        publish("1", "/b");
        assertThat(sink.takeData(1)).containsExactly("1");
    }

    private static SubscriberListener hearingChanges(BiConsumer<Client, Client> changes) {
        return new SubscriberListener() {
            @Override
            public void connected(Client client) {}

            @Override
            public void changed(Client client, Client before) {
                changes.accept(client, before);
            }

            @Override
            public void disconnected(Client client, DisconnectReason reason) {}
        };
    }

    @Test
    void whatChangesNothingCountsAsNoChange() {
        var sink = RecordingSink.fresh(hub, "/a");
        publish("1", "/a");
        for (int i = 0; i <= SubscriptionVersions.MAX_CHANGES; i++) {
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
        assertThat(sink.subscriber().recipient().entries).isEmpty();
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

    private static SelectorSet selectors(String... topics) {
        return SelectorSet.parse(List.of(topics));
    }
}
