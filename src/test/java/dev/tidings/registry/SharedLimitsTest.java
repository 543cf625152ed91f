package dev.tidings.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.HubLimits;
import dev.tidings.hub.LimitReachedException;
import dev.tidings.hub.RateLimit;
import dev.tidings.hub.Subscriber;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits hold for all nodes of a hub together. */
class SharedLimitsTest {

    private final List<AutoCloseable> opened = new ArrayList<>();
    private RedisServer redis;
    private RegistryNode one;
    private RegistryNode other;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        opened.add(redis);
        one = node("one");
        other = node("other");
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void streamsOfAUserOnAllNodesCountTogether() {
        one.openFrom("alice", "192.0.2.1");
        Subscriber second = one.openFrom("alice", "192.0.2.1");
        awaitRefused(other, "alice", "192.0.2.2");
        second.end(DisconnectReason.CLOSED);
        awaitAdmitted(other, "alice", "192.0.2.2");
        awaitRefused(one, "alice", "192.0.2.1");
    }

    @Test
    void streamsFromAnAddressOnAllNodesCountTogether() {
        for (int i = 0; i < 3; i++) {
            one.openFrom("user" + i, "192.0.2.1");
        }
        awaitRefused(other, "bob", "192.0.2.1");
        awaitAdmitted(other, "bob", "192.0.2.2");
    }

    @Test
    void nodeThatIsNewLearnsWhatTheOthersHave() {
        one.openFrom("alice", "192.0.2.1");
        other.openFrom("alice", "192.0.2.1");
        RegistryNode third = node("third");
        awaitRefused(third, "alice", "192.0.2.3");
    }

    @Test
    void streamsOfANodeThatIsGoneCountNoMore() {
        other.openFrom("alice", "192.0.2.1");
        other.openFrom("alice", "192.0.2.1");
        awaitRefused(one, "alice", "192.0.2.2");
        other.close();
        awaitAdmitted(one, "alice", "192.0.2.2");
    }

    @Test
    void whatAUserPublishesOnAllNodesCountsTogether() {
        assertThat(one.published.take("alice", 1_000)).isZero();
        Eventually.holds(
                "it counts at the other node",
                () -> !other.published.take("alice", 1).isZero());
    }

    /** What each node takes before it has heard of the other comes out of what it may take later. */
    @Test
    void rateOverAllNodesIsKeptInTheLongRun() {
        assertThat(one.published.take("bob", 100)).isZero();
        assertThat(other.published.take("bob", 100)).isZero();
        Eventually.holds("both wait for what both have taken", () -> waits(one.published) && waits(other.published));
    }

    /** Longer than for what one node alone has taken. */
    private static boolean waits(RateLimit limit) {
        return limit.take("bob", 1).compareTo(Duration.ofSeconds(12)) > 0;
    }

    private RegistryNode node(String name) {
        var node =
                new RegistryNode(redis.address(), name, new HubLimits(16, 1 << 20, 0, 0, 2, 3, 0, Duration.ZERO), 10);
        opened.add(node);
        return node;
    }

    private static void awaitRefused(RegistryNode node, String user, String address) {
        Eventually.passes(
                () -> assertThatThrownBy(() -> node.openFrom(user, address).end(DisconnectReason.CLOSED))
                        .isInstanceOf(LimitReachedException.class));
    }

    private static void awaitAdmitted(RegistryNode node, String user, String address) {
        Eventually.passes(
                () -> assertThatCode(() -> node.openFrom(user, address)).doesNotThrowAnyException());
    }
}
