package dev.tidings.redis;

import static dev.tidings.redis.Redis.LONG;
import static dev.tidings.redis.Redis.call;
import static dev.tidings.redis.Redis.fault;
import static dev.tidings.redis.Redis.servers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import dev.tidings.testing.LoopbackPort;
import dev.tidings.testing.RedisSentinel;
import dev.tidings.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sentinels know which server takes writes, and the server itself is asked whether that is true. */
class RedisSentinelsTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void primaryIsFoundByItsName() {
        try (RedisServer primary = RedisServer.start();
                RedisSentinel sentinel = RedisSentinel.watching(primary, "");
                RedisConnection connection = servers(sentinel.address()).connect(LONG)) {
            assertThat(connection.server()).isEqualTo("127.0.0.1:" + primary.port());
        }
    }

    /** Sentinels ask for none, and would refuse one. */
    @Test
    void userAndPasswordAndDatabaseAreThoseOfTheServers() {
        try (RedisServer primary = RedisServer.start("requirepass secret");
                RedisSentinel sentinel = RedisSentinel.watching(primary, "secret");
                RedisConnection connection = servers("redis+sentinel://default:secret@127.0.0.1:" + sentinel.port()
                                + "/" + RedisSentinel.NAME + "/2")
                        .connect(LONG)) {
            assertThat((String) call(connection, "CLIENT", "INFO"))
                    .contains(" db=2 ")
                    .contains(" user=default ");
        }
    }

    @Test
    void afterAFailoverTheNextConnectFindsTheNewPrimary() {
        try (RedisServer primary = RedisServer.start();
                RedisServer replica = primary.replica();
                RedisSentinel sentinel = RedisSentinel.watching(primary, "")) {
            sentinel.awaitReplica(replica);
            RedisServers servers = servers(sentinel.address());
            servers.connect(LONG).close();
            sentinel.failOverTo(replica, primary);
            Eventually.passes(() -> assertThat(connectedTo(servers)).isEqualTo("127.0.0.1:" + replica.port()));
        }
    }

    @Test
    void afterACrashTheNextConnectFindsTheNewPrimary() {
        try (RedisServer primary = RedisServer.start();
                RedisServer replica = primary.replica();
                RedisSentinel sentinel = RedisSentinel.watching(primary, "")) {
            sentinel.awaitReplica(replica);
            RedisServers servers = servers(sentinel.address());
            primary.kill();
            assertThat(fault(servers))
                    .isEqualTo("redis at 127.0.0.1:" + primary.port() + " cannot be reached (Connection refused)");
            sentinel.awaitPrimary(replica);
            Eventually.passes(() -> assertThat(connectedTo(servers)).isEqualTo("127.0.0.1:" + replica.port()));
        }
    }

    /** A sentinel that was cut off goes on naming the server that was demoted meanwhile. */
    @Test
    void serverThatASentinelTakesForThePrimaryAndThatIsNoneIsNotUsed() {
        try (RedisServer server = RedisServer.start();
                RedisServer other = RedisServer.start();
                RedisSentinel sentinel = RedisSentinel.watching(server, "")) {
            server.command("REPLICAOF", "127.0.0.1", Integer.toString(other.port()));
            assertThat(fault(servers(sentinel.address())))
                    .isEqualTo("redis at 127.0.0.1:" + server.port() + " is a replica");
        }
    }

    @Test
    void sentinelsThatAreGoneOrSilentAreFollowedByTheNext() throws IOException {
        int gone = LoopbackPort.free();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RedisServer primary = RedisServer.start();
                RedisSentinel sentinel = RedisSentinel.watching(primary, "");
                RedisConnection connection = servers(
                                "redis+sentinel://127.0.0.1:" + gone + ",127.0.0.1:" + silent.getLocalPort()
                                        + ",127.0.0.1:" + sentinel.port() + "/" + RedisSentinel.NAME,
                                SHORT)
                        .connect(LONG)) {
            assertThat(connection.server()).isEqualTo("127.0.0.1:" + primary.port());
        }
    }

    @Test
    void serverThatTwoSentinelsNameIsTriedOnce() {
        try (RedisServer primary = RedisServer.start();
                RedisSentinel one = RedisSentinel.watching(primary, "");
                RedisSentinel two = RedisSentinel.watching(primary, "")) {
            primary.pause();
            assertThat(fault(servers(
                            "redis+sentinel://127.0.0.1:" + one.port() + ",127.0.0.1:" + two.port() + "/"
                                    + RedisSentinel.NAME,
                            SHORT)))
                    .isEqualTo("redis at 127.0.0.1:" + primary.port() + " did not answer EXISTS in time");
        }
    }

    @Test
    void everySentinelThatCouldNotHelpIsNamed() throws IOException {
        int gone = LoopbackPort.free();
        try (RedisServer primary = RedisServer.start();
                RedisSentinel sentinel = RedisSentinel.watching(primary, "")) {
            assertThat(fault(servers(
                            "redis+sentinel://127.0.0.1:" + gone + ",127.0.0.1:" + sentinel.port() + "/another")))
                    .isEqualTo("sentinel at 127.0.0.1:" + gone + " cannot be reached (Connection refused); sentinel at"
                            + " 127.0.0.1:" + sentinel.port() + " knows no servers by the name another");
        }
    }

    @Test
    void serverInThePlaceOfASentinelIsToldApartAndTheOtherWayRound() {
        try (RedisServer server = RedisServer.start();
                RedisSentinel sentinel = RedisSentinel.watching(server, "")) {
            assertThat(fault(servers("redis+sentinel://127.0.0.1:" + server.port() + "/hub")))
                    .startsWith("sentinel at 127.0.0.1:" + server.port() + " refuses SENTINEL (ERR unknown command");
            assertThat(fault(servers("redis://127.0.0.1:" + sentinel.port())))
                    .isEqualTo("redis at 127.0.0.1:" + sentinel.port()
                            + " is a sentinel: begin the address with redis+sentinel:");
        }
    }

    private static String connectedTo(RedisServers servers) {
        try (RedisConnection connection = servers.connect(LONG)) {
            return connection.server();
        } catch (RedisUnavailableException notYet) {
            return String.valueOf(notYet.getMessage());
        }
    }
}
