package dev.tidings.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.hub.ClientFilter;
import dev.tidings.hub.Node;
import dev.tidings.hub.NodeReport;
import dev.tidings.hub.NodeState;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each node says of itself is known on all. */
class SharedNodesTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String REPORTS = "{" + RegistryNode.HUB + "}:reports";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private RedisServer redis;
    private RegistryNode one;
    private RegistryNode other;
    private int said;

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
    void reportOfANodeIsKnownOnAll() {
        say(one, "one", 1);
        say(one, "one", 2);
        say(other, "other", 3);
        await(one, "other", "{\"n\":3}");
        Node seen = await(other, "one", "{\"n\":1}", "{\"n\":2}");
        assertThat(seen.state()).isEqualTo(NodeState.READY);
        assertThat(seen.since()).isEqualTo(BEGIN);
        assertThat(seen.fault()).isNull();
        assertThat(seen.here()).isFalse();
        assertThat(requireNonNull(node(one, "one")).here()).isTrue();
    }

    @Test
    void faultOfANodeIsKnownOnAll() {
        one.nodes.tell(new NodeReport("one", NodeState.AWAY, BEGIN, "the key is missing", BEGIN, "{}"));
        say(other, "other", 1);
        Node seen = await(other, "one", "{}");
        assertThat(seen.state()).isEqualTo(NodeState.AWAY);
        assertThat(seen.fault()).isEqualTo("the key is missing");
    }

    @Test
    void nodeThatStartsKnowsWhatTheOthersSaidBefore() {
        say(one, "one", 1);
        say(one, "one", 2);
        RegistryNode late = node("late");
        say(late, "late", 3);
        await(late, "one", "{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void nodeThatWasStoppedIsAwayAndKeepsItsFigures() {
        say(other, "other", 1);
        say(one, "one", 1);
        await(other, "one", "{\"n\":1}");
        one.close();
        Eventually.passes(
                () -> assertThat(requireNonNull(node(other, "one")).state()).isEqualTo(NodeState.AWAY));
        Node gone = requireNonNull(node(other, "one"));
        assertThat(gone.fault()).isEqualTo("it was stopped");
        assertThat(gone.figures()).contains("{\"n\":1}");
    }

    @Test
    void nodeThatIsStartedAgainGoesOnWithItsFigures() {
        say(other, "other", 1);
        say(one, "one", 1);
        await(other, "one", "{\"n\":1}");
        one.close();
        RegistryNode again = node("one");
        say(again, "one", 2);
        for (RegistryNode asked : List.of(again, other)) {
            Eventually.passes(() -> {
                Node node = requireNonNull(node(asked, "one"));
                assertThat(node.state()).isEqualTo(NodeState.READY);
                assertThat(node.figures()).contains("{\"n\":1}", "{\"n\":2}");
            });
        }
    }

    @Test
    void whileRedisIsAwayEachNodeKnowsWhatItKnew() {
        say(other, "other", 1);
        say(one, "one", 1);
        await(other, "one", "{\"n\":1}");
        redis.pause();
        try {
            say(other, "other", 2);
            assertThat(requireNonNull(node(other, "one")).figures()).containsExactly("{\"n\":1}");
            assertThat(requireNonNull(node(other, "other")).figures()).containsExactly("{\"n\":1}", "{\"n\":2}");
        } finally {
            redis.resume();
        }
        Node seen = await(one, "other", "{\"n\":1}", "{\"n\":2}");
        assertThat(seen.state()).isEqualTo(NodeState.READY);
    }

    @Test
    void reportsAreStoredForAQuarterOfAnHour() {
        redis.command("XADD", REPORTS, "1000-0", "old", "{}");
        say(one, "one", 1);
        say(one, "one", 2);
        Eventually.passes(() -> assertThat(redis.command("XLEN", REPORTS)).isEqualTo("2"));
        assertThat(Long.parseLong(redis.command("PTTL", REPORTS))).isBetween(600_000L, 900_000L);
    }

    @Test
    void whatIsNoReportIsLeftOut() {
        say(one, "one", 1);
        say(other, "other", 1);
        await(other, "one", "{\"n\":1}");
        redis.command("XADD", REPORTS, "*", "foreign", "no JSON");
        redis.command("XADD", REPORTS, "*", "foreign", "{\"node\":\"x\",\"state\":\"READY\"}");
        redis.command("XADD", REPORTS, "*", "foreign", "{\"figures\":{\"a\":\"" + "x".repeat(5_000) + "\"}}");
        say(one, "one", 2);
        await(other, "one", "{\"n\":1}", "{\"n\":2}");
        assertThat(other.nodes.list()).extracting(Node::name).containsExactly("one", "other");
    }

    @Test
    void entryFromTheFarFutureDisturbsNobody() {
        for (String id : List.of("18446744073709551615-5", "9000000000000000000-0")) {
            redis.command("DEL", REPORTS);
            redis.command("XADD", REPORTS, id, "foreign", "{}");
            int n = ++said;
            Eventually.passes(() -> {
                say(one, "one", n);
                say(other, "other", n);
                assertThat(node(other, "one")).isNotNull();
                assertThat(requireNonNull(node(other, "one")).figures()).contains("{\"n\":" + n + "}");
            });
            assertThat(redis.command("XRANGE", REPORTS, "-", "+")).as(id).doesNotContain(id.substring(0, 16));
        }
    }

    @Test
    void whileRedisRefusesReportsTheNodesGoOn() {
        redis.command("SET", REPORTS, "no stream");
        say(one, "one", 1);
        say(other, "other", 1);
        assertThat(other.registry.count(ClientFilter.ALL)).isZero();
        redis.command("DEL", REPORTS);
        Eventually.passes(() -> {
            say(one, "one", 2);
            say(other, "other", 2);
            assertThat(node(other, "one")).isNotNull();
        });
    }

    @Test
    void anotherNodeOfTheSameNameIsFoundOut() {
        var namesakes = new Namesakes("one");
        List<NodeLease> killed =
                List.of(lease("a", "1"), new NodeLease("b", "1 here two", NodeLease.State.HERE, "two"));
        assertThat(namesakes.look(killed)).isFalse();
        assertThat(namesakes.look(killed)).as("it does not renew its lease").isFalse();
        assertThat(namesakes.look(List.of(lease("c", "1")))).isFalse();
        assertThat(namesakes.look(List.of(lease("c", "2")))).isTrue();
    }

    private static NodeLease lease(String node, String once) {
        return NodeLease.of(node, once, NodeLease.State.HERE, "one");
    }

    private RegistryNode node(String name) {
        var node = new RegistryNode(redis.address(), name);
        opened.add(node);
        return node;
    }

    private static void say(RegistryNode node, String name, int n) {
        node.nodes.tell(new NodeReport(name, NodeState.READY, BEGIN, null, BEGIN.plusSeconds(n), "{\"n\":" + n + "}"));
    }

    /** Waits until a node knows these figures of another one. */
    private static Node await(RegistryNode asked, String name, String... figures) {
        Eventually.passes(() -> {
            Node found = node(asked, name);
            assertThat(found).isNotNull();
            assertThat(found.figures()).containsExactly(figures);
        });
        return requireNonNull(node(asked, name));
    }

    private static @Nullable Node node(RegistryNode asked, String name) {
        return asked.nodes.list().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
