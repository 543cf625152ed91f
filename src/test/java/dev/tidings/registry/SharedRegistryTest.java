package dev.tidings.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.hub.Client;
import dev.tidings.hub.ClientFilter;
import dev.tidings.hub.ClientPage;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.RegistryUnavailableException;
import dev.tidings.hub.Subscriber;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedRegistryTest {

    private static final String NODES = "{" + RegistryNode.HUB + "}:nodes";

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
        redis.command("XADD", "{" + RegistryNode.HUB + "}:passing", "*", "c", "no JSON", "n", "foreign 1", "p", "0");
        Subscriber here = one.open("alice", "/a");
        assertThat(other.registry.find(here.id())).isNotNull();
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
        redis.command("HSET", NODES, name, System.currentTimeMillis() + 60_000 + " here " + name);
        redis.command("HSET", "{" + RegistryNode.HUB + "}:clients:" + name, "1", client);
    }
}
