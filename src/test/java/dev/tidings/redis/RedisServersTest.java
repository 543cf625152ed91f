package dev.tidings.redis;

import static dev.tidings.redis.Redis.LONG;
import static dev.tidings.redis.Redis.call;
import static dev.tidings.redis.Redis.fault;
import static dev.tidings.redis.Redis.servers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.LoopbackPort;
import dev.tidings.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One server, or several of which one takes writes. */
class RedisServersTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void passwordLetsIn() {
        try (RedisServer server = RedisServer.start("requirepass pa:ss@1");
                RedisConnection connection =
                        servers(at(":pa%3Ass%401@", server)).connect(LONG)) {
            assertThat(call(connection, "ACL", "WHOAMI")).isEqualTo("default");
        }
    }

    @Test
    void wrongPasswordAndNoneAreToldApart() {
        try (RedisServer server = RedisServer.start("requirepass right")) {
            assertThat(fault(servers(at(":wrong@", server))))
                    .isEqualTo(name(server) + " refuses the user or the password (WRONGPASS invalid username-password"
                            + " pair or user is disabled.)");
            assertThat(fault(servers(at("", server)))).isEqualTo(name(server) + " asks for a password (NOAUTH)");
        }
    }

    @Test
    void passwordThatTheServerDoesNotAskForIsRefused() {
        try (RedisServer server = RedisServer.start()) {
            assertThat(fault(servers(at(":secret@", server))))
                    .startsWith(name(server) + " refuses the user or the password (ERR AUTH <password> called without")
                    .doesNotContain("secret");
        }
    }

    @Test
    void userOfAnAclLogsIn() {
        String few = "+exists +role +info +acl|whoami";
        try (RedisServer server = RedisServer.start("user hub on >secret ~{hub}* " + few);
                RedisConnection connection = servers(at("hub:secret@", server)).connect(LONG)) {
            assertThat(call(connection, "ACL", "WHOAMI")).isEqualTo("hub");
        }
    }

    @Test
    void commandThatTheUserMayNotUseIsNamed() {
        try (RedisServer server = RedisServer.start("user hub on >secret ~* +@all -@dangerous")) {
            assertThat(fault(servers(at("hub:secret@", server))))
                    .startsWith(name(server) + " refuses ROLE (NOPERM ")
                    .doesNotContain("secret");
        }
    }

    @Test
    void databaseIsSelected() {
        try (RedisServer server = RedisServer.start();
                RedisConnection connection = servers(server.address() + "/3").connect(LONG)) {
            call(connection, "SET", "k", "v");
            assertThat(server.command("INFO", "keyspace"))
                    .contains("db3:keys=1")
                    .doesNotContain("db0");
        }
    }

    @Test
    void databaseThatThereIsNotIsNamed() {
        try (RedisServer server = RedisServer.start()) {
            assertThat(fault(servers(server.address() + "/16")))
                    .isEqualTo(name(server) + " has no database 16 (ERR DB index is out of range)");
        }
    }

    @Test
    void hostThatIsListedFirstMayBeAReplica() {
        try (RedisServer primary = RedisServer.start();
                RedisServer replica = primary.replica()) {
            assertThat(fault(servers(replica.address()))).isEqualTo(name(replica) + " is a replica");
            try (RedisConnection connection = servers(both(replica, primary)).connect(LONG)) {
                assertThat(connection.server()).isEqualTo("127.0.0.1:" + primary.port());
            }
        }
    }

    @Test
    void replicaThatWasPromotedIsFoundAtTheNextConnect() {
        try (RedisServer primary = RedisServer.start();
                RedisServer replica = primary.replica()) {
            RedisServers servers = servers(both(primary, replica));
            servers.connect(LONG).close();
            primary.kill();
            assertThat(fault(servers)).endsWith("; " + name(replica) + " is a replica");
            replica.command("REPLICAOF", "NO", "ONE");
            try (RedisConnection connection = servers.connect(LONG)) {
                assertThat(connection.server()).isEqualTo("127.0.0.1:" + replica.port());
            }
        }
    }

    @Test
    void hostThatLedToAServerIsAskedFirstTheNextTime() throws IOException {
        try (RedisServer server = RedisServer.start();
                CuttableProxy proxy = CuttableProxy.to(URI.create(server.address()))) {
            proxy.down();
            RedisServers servers = servers("redis://127.0.0.1:" + proxy.port() + ",127.0.0.1:" + server.port());
            servers.connect(LONG).close();
            proxy.up();
            servers.connect(LONG).close();
            assertThat(proxy.connections()).isZero();
        }
    }

    @Test
    void serverThatStillLoadsItsDataSaysSo() {
        try (RedisServer server = RedisServer.start(
                "rdbcompression no", "key-load-delay 20000", "loading-process-events-interval-bytes 1024")) {
            for (int i = 0; i < 100; i++) {
                server.command("SET", "key-" + i, "x".repeat(1_000));
            }
            server.command("SAVE");
            server.kill();
            server.restartSlowly();
            Eventually.passes(() -> assertThat(fault(servers(server.address())))
                    .isEqualTo(name(server) + " is loading its data (LOADING)"));
        }
    }

    @Test
    void nobodyThereIsSaidAtOnce() throws IOException {
        int port = LoopbackPort.free();
        assertThat(fault(servers("redis://127.0.0.1:" + port)))
                .isEqualTo("redis at 127.0.0.1:" + port + " cannot be reached (Connection refused)");
    }

    @Test
    void unknownHostIsNamed() {
        assertThat(fault(servers("redis://nosuch.invalid")))
                .isEqualTo("redis at nosuch.invalid:6379 has a host name that is not known");
    }

    @Test
    void hostThatAcceptsAndNeverAnswersIsGivenUpInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long begin = System.nanoTime();
            assertThat(fault(servers("redis://127.0.0.1:" + silent.getLocalPort(), SHORT)))
                    .isEqualTo("redis at 127.0.0.1:" + silent.getLocalPort() + " did not answer EXISTS in time");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SHORT, LONG);
        }
    }

    @Test
    void hostThatNeverAnswersDoesNotKeepTheOthersFromBeingAsked() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RedisServer server = RedisServer.start();
                RedisConnection connection = servers(
                                "redis://127.0.0.1:" + silent.getLocalPort() + ",127.0.0.1:" + server.port(), SHORT)
                        .connect(LONG)) {
            assertThat(connection.server()).isEqualTo("127.0.0.1:" + server.port());
        }
    }

    @Test
    void pausedServerIsGivenUpInTime() {
        try (RedisServer server = RedisServer.start()) {
            server.pause();
            assertThat(fault(servers(server.address(), SHORT)))
                    .isEqualTo(name(server) + " did not answer EXISTS in time");
            server.resume();
            servers(server.address()).connect(LONG).close();
        }
    }

    @Test
    void readTimeoutOfTheConnectionIsTheOneAskedFor() {
        try (RedisServer server = RedisServer.start();
                RedisConnection connection = servers(server.address()).connect(Duration.ofMillis(50))) {
            assertThatThrownBy(() -> call(connection, "BLPOP", "none", "0"))
                    .isInstanceOf(RedisUnavailableException.class);
        }
    }

    @Test
    void theServersAreNamedWithoutTheirPassword() {
        assertThat(servers("redis://user:secret@host")).hasToString("redis://user:***@host:6379/0");
    }

    private static String at(String login, RedisServer server) {
        return server.address().replace("//", "//" + login);
    }

    private static String both(RedisServer first, RedisServer second) {
        return first.address() + ",127.0.0.1:" + second.port();
    }

    private static String name(RedisServer server) {
        return "redis at 127.0.0.1:" + server.port();
    }
}
