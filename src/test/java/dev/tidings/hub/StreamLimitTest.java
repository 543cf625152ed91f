package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.testing.SilentSink;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many streams there may be, as a hub admits them. */
class StreamLimitTest {

    private final EventLog log = HubFixture.memoryLog();
    private final Refusals refusals = new Refusals(System::nanoTime);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void hubThatIsFullRefusesWhoeverComesAndAdmitsWhenOneHasLeft() {
        Hub hub = hub(2, 0, 0, 0);
        Subscriber first = open(hub, "alice", "192.0.2.1");
        open(hub, null, "192.0.2.2");
        assertRefused(hub, "carol", "192.0.2.3", Limit.STREAMS);
        first.end(DisconnectReason.CLOSED);
        first.end(DisconnectReason.CLOSED);
        open(hub, "carol", "192.0.2.3");
        assertRefused(hub, "dave", "192.0.2.4", Limit.STREAMS);
    }

    @Test
    void userHasAsManyStreamsAsOneMay() {
        Hub hub = hub(0, 2, 0, 0);
        open(hub, "alice", "192.0.2.1");
        open(hub, "alice", "192.0.2.2");
        assertRefused(hub, "alice", "192.0.2.3", Limit.STREAMS_PER_USER);
        open(hub, "bob", "192.0.2.1");
        open(hub, null, "192.0.2.1");
        open(hub, null, "192.0.2.1");
        open(hub, null, "192.0.2.1");
    }

    @Test
    void addressHasAsManyStreamsAsOneMay() {
        Hub hub = hub(0, 0, 1, 0);
        open(hub, "alice", "192.0.2.1");
        assertRefused(hub, "bob", "192.0.2.1", Limit.STREAMS_PER_ADDRESS);
        open(hub, "bob", "192.0.2.2");
    }

    @Test
    void addressesOfOneNetworkOfIPv6AreOne() {
        Hub hub = hub(0, 0, 1, 0);
        open(hub, null, "2001:db8:0:1:0:0:0:1");
        assertRefused(hub, null, "2001:db8:0:1:ffff:0:0:2", Limit.STREAMS_PER_ADDRESS);
        open(hub, null, "2001:db8:0:2:0:0:0:1");
    }

    @Test
    void addressOpensAsManyStreamsASecondAsOneMay() {
        Hub hub = hub(0, 0, 0, 2);
        open(hub, "alice", "192.0.2.1").end(DisconnectReason.CLOSED);
        open(hub, "bob", "192.0.2.1").end(DisconnectReason.CLOSED);
        assertRefused(hub, "carol", "192.0.2.1", Limit.CONNECT_RATE);
        open(hub, "carol", "192.0.2.2");
    }

    @Test
    void whoIsRefusedHasTakenNothing() {
        Hub hub = hub(2, 1, 0, 0);
        open(hub, "alice", "192.0.2.1");
        assertRefused(hub, "alice", "192.0.2.1", Limit.STREAMS_PER_USER);
        open(hub, "bob", "192.0.2.1");
    }

    @Test
    void streamThatCannotBeMadeHasTakenNothing() {
        Hub hub = hub(1, 0, 0, 0);
        assertThatThrownBy(() -> hub.subscribe(subscription("alice", "192.0.2.1"), subscriber -> {
                    throw new IllegalStateException("no stream");
                }))
                .hasMessage("no stream");
        open(hub, "alice", "192.0.2.1");
    }

    @Test
    void askingForRoomTakesNone() {
        Hub hub = hub(1, 0, 0, 1);
        Subscription asked = subscription("alice", "192.0.2.1");
        hub.requireRoomFor(asked.peer(), asked.topics());
        hub.requireRoomFor(asked.peer(), asked.topics());
        open(hub, "alice", "192.0.2.1");
        assertThatThrownBy(() -> hub.requireRoomFor(asked.peer(), asked.topics()))
                .asInstanceOf(InstanceOfAssertFactories.type(LimitReachedException.class))
                .returns(Limit.CONNECT_RATE, LimitReachedException::limit);
        Peer other = subscription("bob", "192.0.2.2").peer();
        assertThatThrownBy(() -> hub.requireRoomFor(other, asked.topics()))
                .asInstanceOf(InstanceOfAssertFactories.type(LimitReachedException.class))
                .returns(Limit.STREAMS, LimitReachedException::limit);
    }

    @Test
    void onlyWhatHasABoundIsToldToOtherNodes() {
        assertThat(new StreamLimit(HubLimits.ofOutbox(8, 1 << 20), refusals, System::nanoTime).shared())
                .isEmpty();
        assertThat(hub(1, 2, 3, 4).shared())
                .extracting(SharedCount::name)
                .containsExactly("streams", "streams-of-users", "streams-from-addresses", "streams-opened");
    }

    @Test
    void streamsOfAnotherNodeCount() {
        Hub hub = hub(0, 2, 0, 0);
        hub.shared().get(0).told("other", Map.of("alice", 1));
        open(hub, "alice", "192.0.2.1");
        assertRefused(hub, "alice", "192.0.2.1", Limit.STREAMS_PER_USER);
        hub.shared().get(0).forget("other");
        open(hub, "alice", "192.0.2.1");
    }

    private Hub hub(int streams, int perUser, int perAddress, int connectRate) {
        var limits = new HubLimits(8, 1 << 20, 0, streams, perUser, perAddress, connectRate, Duration.ZERO);
        return new Hub(log, limits, refusals, "node", Clock.systemUTC());
    }

    private void assertRefused(Hub hub, @Nullable String user, String address, Limit limit) {
        long before = refusals.count(limit);
        int clients = hub.clients().size();
        assertThatThrownBy(() -> open(hub, user, address))
                .hasMessageContaining("(" + limit.setting() + ")")
                .asInstanceOf(InstanceOfAssertFactories.type(LimitReachedException.class))
                .returns(limit, LimitReachedException::limit);
        assertThat(refusals.count(limit)).isEqualTo(before + 1);
        assertThat(hub.clients().size()).isEqualTo(clients);
    }

    private static Subscriber open(Hub hub, @Nullable String user, String address) {
        return SilentSink.subscribe(hub, subscription(user, address));
    }

    private static Subscription subscription(@Nullable String user, String address) {
        return new Subscription(
                SelectorSet.parse(List.of("/a")),
                SelectorSet.of(List.of()),
                new Peer(user, user == null ? address : user, address, "test", "sse", null),
                StartRequest.NOW);
    }
}
