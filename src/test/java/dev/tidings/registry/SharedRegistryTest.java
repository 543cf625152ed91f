package dev.tidings.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.auth.Revocations;
import dev.tidings.hub.Client;
import dev.tidings.hub.ClientFilter;
import dev.tidings.hub.ClientPage;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.RegistryUnavailableException;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.TopicInterest;
import dev.tidings.log.redis.RedisLog;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.RedisAddress;
import dev.tidings.redis.RedisServers;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry of two nodes over a real Redis. Over 300 lines, since it is one registry whatever becomes of a node. */
class SharedRegistryTest {

    private static final String NODES = "{" + RegistryNode.HUB + "}:nodes";
    private static final String PASSING = "{" + RegistryNode.HUB + "}:passing";

    private RedisServer redis;
    private RegistryNode one;
    private RegistryNode other;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        one = new RegistryNode(redis.address(), "one");
        other = new RegistryNode(redis.address(), "other");
        Eventually.passes(() -> assertThat(redis.command("HLEN", NODES)).isEqualTo("2"));
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        redis.close();
    }

    @Test
    void clientOfAnotherNodeIsFound() {
        Subscriber here = one.open("alice", "/a");
        Client found = other.registry.find(here.id());
        assertThat(found).isNotNull();
        assertThat(found.node()).isEqualTo("one");
        assertThat(other.registry.find("urn:uuid:01910000-0000-7000-8000-000000000000"))
                .isNull();
    }

    @Test
    void pagesOfAllNodesAreJoinedInOneOrder() {
        var ids = new ArrayList<String>();
        for (int n = 0; n < 10; n++) {
            ids.add((n % 3 == 0 ? one : other).open("alice", "/a").id());
        }
        ids.sort(null);
        for (RegistryNode node : List.of(one, other)) {
            var read = new ArrayList<String>();
            String after = null;
            ClientPage page;
            do {
                page = node.registry.list(ClientFilter.ALL, after, 3);
                page.clients().forEach(client -> read.add(client.id()));
                after = read.get(read.size() - 1);
            } while (page.more());
            assertThat(read).isEqualTo(ids);
        }
        assertThat(one.registry.all()).hasSize(10);
        assertThat(one.registry.count(ClientFilter.ALL)).isEqualTo(10);
        assertThat(one.registry
                        .list(new ClientFilter(null, null, "other"), null, 100)
                        .clients())
                .hasSize(6);
    }

    @Test
    void streamsOfAllNodesAreCountedByTopicAndBySelector() {
        one.open("alice", "/a");
        other.open("bob", "/a");
        other.open("bob", "/{x}");
        for (RegistryNode node : List.of(one, other)) {
            assertThat(node.registry.asking(List.of("/b", "/a", "/b/c")))
                    .containsExactly(Map.entry("/b", 1), Map.entry("/a", 3), Map.entry("/b/c", 0));
            assertThat(node.registry.selectors("/")).containsExactly(Map.entry("/a", 2), Map.entry("/{x}", 1));
            assertThat(node.registry.selectors("{X")).containsExactly(Map.entry("/{x}", 1));
        }
    }

    @Test
    void clientOfAnotherNodeHasEndedWhenThatIsAnswered() {
        Subscriber here = one.open("alice", "/a");
        assertThat(other.registry.end(here.id(), DisconnectReason.DISCONNECTED)).isTrue();
        assertThat(here.ended()).isEqualTo(DisconnectReason.DISCONNECTED);
        assertThat(other.registry.end(here.id(), DisconnectReason.DISCONNECTED)).isFalse();
    }

    @Test
    void clientsOfAUserEndOnAllNodes() {
        Subscriber here = one.open("alice", "/a");
        Subscriber there = other.open("alice", "/a");
        Subscriber bob = other.open("bob", "/a");
        assertThat(one.registry.endAll(ClientFilter.ofUser("alice"), DisconnectReason.DISCONNECTED))
                .isEqualTo(2);
        assertThat(here.ended()).isNotNull();
        assertThat(there.ended()).isNotNull();
        assertThat(bob.ended()).isNull();
    }

    /** It has a lease, and says nothing, as a node that hangs. */
    @Test
    void nodeThatDoesNotAnswerIsShownByWhatItHasStored() {
        Subscriber here = one.open("alice", "/a");
        Eventually.passes(() -> assertThat(stored(here)).isNotEqualTo("null"));
        hang("hung", stored(here).replace(here.id(), "urn:uuid:01910000-0000-7000-8000-000000000001"));
        assertThat(other.registry.list(ClientFilter.ALL, null, 10).clients()).hasSize(2);
        assertThat(other.registry.count(ClientFilter.ofUser("alice"))).isEqualTo(2);
        assertThat(other.registry.asking(List.of("/a"))).containsExactly(Map.entry("/a", 2));
        assertThat(other.registry.selectors("")).containsExactly(Map.entry("/a", 2));
        assertThat(other.registry.find("urn:uuid:01910000-0000-7000-8000-000000000001"))
                .isNotNull();
        assertThatThrownBy(() -> other.registry.end(
                        "urn:uuid:01910000-0000-7000-8000-000000000001", DisconnectReason.DISCONNECTED))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("\"hung\" does not answer");
        assertThat(other.registry.end(here.id(), DisconnectReason.DISCONNECTED))
                .as("another node has it")
                .isTrue();
    }

    @Test
    void whatCannotBeReadOfAnotherNodeIsLeftOut() {
        hang("odd", "no client at all");
        assertThat(other.registry.list(ClientFilter.ALL, null, 10).clients()).isEmpty();
        redis.command("XADD", PASSING, "*", "c", "no JSON", "n", "foreign 1", "p", "0");
        Subscriber here = one.open("alice", "/a");
        assertThat(other.registry.find(here.id())).isNotNull();
    }

    /** A node of another version, or somebody else. Found when such an answer made the question fail as a fault of the hub. */
    @ParameterizedTest
    @ValueSource(strings = {"garbage", "{}", "{\"from\":\"odd\",\"clients\":[\"none\"]}", ""})
    void answerThatCannotBeReadCountsAsNone(String answer) {
        Subscriber here = one.open("alice", "/a");
        Eventually.passes(() -> assertThat(stored(here)).isNotEqualTo("null"));
        hang("odd", stored(here).replace(here.id(), "urn:uuid:01910000-0000-7000-8000-000000000001"));
        CompletableFuture<ClientPage> asked =
                CompletableFuture.supplyAsync(() -> other.registry.list(ClientFilter.ALL, null, 10));
        Eventually.passes(() -> assertThat(question()).isNotEmpty());
        redis.command("RPUSH", "{" + RegistryNode.HUB + "}:answers:" + question(), answer);
        assertThat(Eventually.value(asked).clients()).hasSize(2);
    }

    /** What the newest question is named, or nothing. */
    private String question() {
        Matcher id = Pattern.compile("\"id\":\"([0-9a-f-]{36})\",\"from\":\"[0-9a-f-]{36}\",\"kind\":\"LIST\"")
                .matcher(redis.command("XRANGE", PASSING, "-", "+"));
        return id.find() ? id.group(1) : "";
    }

    @Test
    void nodeIsShownAgainAfterRedisHasLostEverything() {
        Subscriber here = one.open("alice", "/a");
        Eventually.passes(() -> assertThat(stored(here)).isNotEqualTo("null"));
        redis.command("FLUSHALL");
        Eventually.passes(() -> assertThat(redis.command("HLEN", NODES)).isEqualTo("2"));
        Eventually.passes(() -> assertThat(one.registry.all()).isEqualTo(other.registry.all()));
    }

    @Test
    void whileRedisIsAwayOnlyThisNodesClientsAreShown() {
        Subscriber here = one.open("alice", "/a");
        redis.kill();
        assertThat(one.registry.find(here.id())).isNotNull();
        assertThat(one.registry
                        .list(new ClientFilter(null, null, "one"), null, 10)
                        .clients())
                .hasSize(1);
        assertThatThrownBy(() -> one.registry.list(ClientFilter.ALL, null, 10))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("The other nodes cannot be asked");
    }

    /** It comes back while another node still tells that its clients are lost. */
    @Test
    void nodeThatIsBackKeepsWhatItHasStored() {
        Subscriber here = other.open("alice", "/a");
        Eventually.passes(() -> assertThat(stored(here)).isNotEqualTo("null"));
        String clients = "{" + RegistryNode.HUB + "}:clients:gone";
        redis.command("HSET", NODES, "gone", "gone:1 here gone");
        redis.command("HSET", clients, "1", stored(here));
        var told = new AtomicBoolean();
        var servers = new RedisServers(
                RedisAddress.parse(redis.address()), RedisLog.anyKey(RegistryNode.HUB), Duration.ofSeconds(1), null);
        try (var taker = new SharedRegistry(
                servers,
                RegistryNode.HUB,
                "taker",
                one.hub.clients(),
                List.of(),
                command -> {},
                one.hub.drain(),
                client -> {
                    redis.command("HSET", NODES, "gone", "gone:2 here gone");
                    told.set(true);
                },
                () -> {},
                new StoredRevocations(RegistryNode.HUB, new Revocations(Clock.systemUTC()), Confirmation.NONE))) {
            // Before the others, who were started earlier and would take it first.
            one.close();
            other.registry.close();
            taker.start();
            Eventually.holds("it is taken", told::get);
        }
        assertThat(redis.command("EXISTS", clients)).isEqualTo("1");
    }

    /** Redis breaks in after the node has its lease again, and before it has stored its clients. */
    @Test
    void nodeThatIsCutOffWhileItComesBackIsShownAgainNevertheless() {
        Subscriber here = one.open("alice", "/a");
        Eventually.passes(() -> assertThat(stored(here)).isNotEqualTo("null"));
        redis.command("ACL", "SETUSER", "default", "-del");
        redis.command("UNLINK", NODES);
        for (String key :
                redis.command("KEYS", "*clients:*").replaceAll("[\\[\\] ]", "").split(",", -1)) {
            redis.command("UNLINK", key);
        }
        Eventually.passes(() -> assertThat(redis.command("HLEN", NODES)).isEqualTo("2"));
        String first = redis.command("HVALS", NODES);
        for (String entry : first.replaceAll("[\\[\\]]", "").split(", ", -1)) {
            Eventually.passes(() -> assertThat(redis.command("HVALS", NODES)).doesNotContain(entry));
        }
        redis.command("ACL", "SETUSER", "default", "+del");
        Eventually.passes(() -> assertThat(stored(here)).isNotEqualTo("null"));
    }

    /** A node that joins a moment later learns from the lease for whom it has to tell. */
    @Test
    void leaseSaysAtOnceThatOperatorsFollow() {
        one.registry.interest(one.hub.interest("/clients/"));
        String before = leaseOfOne();
        Eventually.passes(() -> assertThat(leaseOfOne()).isNotEqualTo(before));
        one.follow("/clients/{id}");
        Eventually.passes(
                Duration.ofSeconds(1),
                () -> assertThat(redis.command("HVALS", NODES)).contains(" follows one"));
    }

    private String leaseOfOne() {
        return redis.command("HVALS", NODES).replaceAll(".*?(\\S+ here one).*", "$1");
    }

    /** The old primary has not heard that it is not the primary any more. The node reads and appends at the new one already. */
    @Test
    void nodeThatReadsFromAPromotedReplicaKeepsItsLeaseThere() {
        try (RedisServer replica = redis.replica();
                var proxy = CuttableProxy.to(URI.create("http://127.0.0.1:" + redis.port()));
                var moves = new RegistryNode("redis://127.0.0.1:" + proxy.port(), "moves")) {
            Subscriber here = moves.open("alice", "/a");
            Eventually.passes(() -> assertThat(replica.command("HVALS", NODES)).contains(" here moves"));
            Eventually.passes(
                    () -> assertThat(replica.command("KEYS", "*clients:*")).contains("clients"));
            one.close();
            other.close();
            replica.command("REPLICAOF", "NO", "ONE");
            proxy.leadTo(URI.create("http://127.0.0.1:" + replica.port()));
            String reader = "(?s).*\\bid=(\\d+) [^\n]*cmd=xread.*";
            Eventually.passes(() -> assertThat(redis.command("CLIENT", "LIST")).matches(reader));
            redis.command(
                    "CLIENT", "KILL", "ID", redis.command("CLIENT", "LIST").replaceAll(reader, "$1"));
            Eventually.passes(() -> assertThat(replica.command("CLIENT", "LIST"))
                    .as("it reads and appends there")
                    .contains("cmd=xread", "cmd=evalsha"));
            String before = replica.command("HVALS", NODES);
            Eventually.passes(
                    Duration.ofSeconds(8),
                    () -> assertThat(replica.command("HVALS", NODES)).isNotEqualTo(before));
            assertThat(here.ended()).isNull();
        }
    }

    /** The one interest is still being told to a node that does not answer when the other one ends. */
    @Test
    void endOfOneInterestDoesNotEndAnotherThatBegins() {
        var last = one.registry.interest(one.hub.interest("/clients/"));
        one.registry.interest(one.hub.interest("/.well-known/mercure/subscriptions/"));
        TopicInterest there = other.registry.interest(other.hub.interest("/clients/"));
        Subscriber ends = one.follow("/clients/{id}");
        hang("hung", "no client at all");
        var begins = new Thread(() -> one.follow("/.well-known/mercure/subscriptions/{topic}"));
        begins.start();
        Eventually.holds(
                "it is being told",
                () -> redis.command("XRANGE", PASSING, "-", "+").split("FOLLOW", -1).length == 3);
        ends.end(DisconnectReason.CLOSED);
        try {
            begins.join(Eventually.LIMIT.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Eventually.passes(
                () -> assertThat(other.registry.count(ClientFilter.ALL)).isEqualTo(1));
        assertThat(last.isNone()).as("another one of this node").isTrue();
        assertThat(there.isNone()).as("other nodes tell").isFalse();
        assertThat(redis.command("XRANGE", PASSING, "-", "+")).doesNotContain("LEAVE");
    }

    @Test
    void nodeThatStopsLeavesNothing() {
        Subscriber here = one.open("alice", "/a");
        Eventually.passes(() -> assertThat(stored(here)).isNotEqualTo("null"));
        one.close();
        assertThat(redis.command("HLEN", NODES)).isEqualTo("1");
        assertThat(redis.command("KEYS", "*clients:*")).isEqualTo("[]");
    }

    /** What a node has stored of a client. */
    private String stored(Subscriber subscriber) {
        for (String key :
                redis.command("KEYS", "*clients:*").replaceAll("[\\[\\] ]", "").split(",", -1)) {
            String entry = redis.command("HGET", key, subscriber.id());
            if (!entry.equals("null")) {
                return entry;
            }
        }
        return "null";
    }

    private void hang(String name, String client) {
        redis.command("HSET", NODES, name, name + ":1 here " + name);
        redis.command("HSET", "{" + RegistryNode.HUB + "}:clients:" + name, "1", client);
    }
}
