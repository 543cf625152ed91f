package dev.tidings.redis;

import static dev.tidings.redis.Redis.LONG;
import static dev.tidings.redis.Redis.call;
import static dev.tidings.redis.Redis.fault;
import static dev.tidings.redis.Redis.servers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.RedisCluster;
import dev.tidings.testing.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server of a cluster names the one that holds our keys. */
class RedisClusterTest {

    private static final String KEY = "{hub}";

    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void anyServerLeadsToTheOneThatHoldsOurKeys() {
        for (RedisServer server : cluster.servers()) {
            try (RedisConnection connection = servers(server.address()).connect(LONG)) {
                assertThat(connection.server())
                        .isEqualTo("127.0.0.1:" + cluster.holderOf(KEY).port());
                assertThat(call(connection, "SET", "{hub}:k", "v")).isEqualTo("OK");
            }
        }
    }

    @Test
    void clusterHasNoDatabaseButTheFirst() {
        RedisServer other = other(cluster.holderOf(KEY));
        assertThat(fault(servers(other.address() + "/1")))
                .isEqualTo("redis at 127.0.0.1:" + other.port()
                        + " has no database 1 (ERR SELECT is not allowed in cluster mode)");
    }

    /** As behind a load balancer: the address of the others is the one that was asked, but for the port. */
    @Test
    void serverThatNamesOnlyThePortOfAnotherIsUnderstood() {
        RedisServer holder = cluster.holderOf(KEY);
        RedisServer other = other(holder);
        other.command("CONFIG", "SET", "cluster-preferred-endpoint-type", "unknown-endpoint");
        try (RedisConnection connection = servers(other.address()).connect(LONG)) {
            assertThat(other.command("EXISTS", KEY)).endsWith(" :" + holder.port());
            assertThat(connection.server()).isEqualTo("127.0.0.1:" + holder.port());
        } finally {
            other.command("CONFIG", "SET", "cluster-preferred-endpoint-type", "ip");
        }
    }

    @Test
    void keyOfAnotherServerIsRefusedAndEndsTheConnection() {
        try (RedisConnection connection =
                servers(cluster.servers().get(0).address()).connect(LONG)) {
            String elsewhere = elsewhere();
            assertThatThrownBy(() -> call(connection, "GET", elsewhere))
                    .isInstanceOfSatisfying(
                            RedisRefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo("MOVED"));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void slotThatNobodyHoldsIsSaidToBeHeldByNobody() {
        try (RedisServer alone = RedisServer.start("cluster-enabled yes", "cluster-require-full-coverage no")) {
            assertThat(fault(servers(alone.address())))
                    .startsWith(
                            "redis at 127.0.0.1:" + alone.port() + " refuses EXISTS (CLUSTERDOWN Hash slot not served");
        }
    }

    private static String elsewhere() {
        RedisServer holder = cluster.holderOf(KEY);
        return List.of("a", "b", "c", "d", "e", "f", "g").stream()
                .filter(key -> cluster.holderOf(key).port() != holder.port())
                .findFirst()
                .orElseThrow();
    }

    private static RedisServer other(RedisServer holder) {
        return cluster.servers().stream()
                .filter(server -> server.port() != holder.port())
                .findFirst()
                .orElseThrow();
    }
}
