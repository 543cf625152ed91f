package dev.tidings.log.redis;

import static dev.tidings.log.redis.LogNode.BEGAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.hub.Once;
import dev.tidings.log.Requests;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.TrustedCertificates;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.RedisCluster;
import dev.tidings.testing.RedisSentinel;
import dev.tidings.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on each kind of Redis that an address can name, and hubs that share one. */
class RedisKindsTest {

    private static final String HUB = "tidings";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void passwordIsEnough() {
        RedisServer redis = open(RedisServer.start("requirepass secret"));
        assertNodesShareTheLog("redis://:secret@127.0.0.1:" + redis.port(), null);
    }

    /** They are those of the example that operators copy. */
    @Test
    void userNeedsTheRightsOfTheExampleAlone() throws IOException {
        String line = Files.readAllLines(Path.of("src/examples/two-nodes/redis.conf")).stream()
                .filter(each -> each.startsWith("user tidings "))
                .findFirst()
                .orElseThrow();
        RedisServer redis = open(RedisServer.start(line));
        assertNodesShareTheLog("redis://tidings:change-me@127.0.0.1:" + redis.port(), null);
        RedisServer more = open(RedisServer.start(line + " +select"));
        assertNodesShareTheLog("redis://tidings:change-me@127.0.0.1:" + more.port() + "/1", null);
    }

    @Test
    void userWhoMayNotWaitForAReplicaIsFoundOutBeforeAnyPublish() {
        RedisServer redis = open(RedisServer.start("user tidings on >change-me ~* +@all -wait"));
        LogNode node = open(LogNode.start(
                "redis://tidings:change-me@127.0.0.1:" + redis.port(),
                LogNode.AMPLE,
                new Confirmation(Confirmation.By.REPLICA, Duration.ofMillis(100))));
        Eventually.passes(() -> assertThat(node.log.fault()).contains("cannot confirm what is on a replica", "NOPERM"));
    }

    /** The server loads its append-only file as a user, and many versions drop in silence what this user may not do. */
    @Test
    void restartWithTheUsersOfTheExampleLosesNothing() throws IOException {
        var lines = new ArrayList<>(List.of("appendonly yes", "appendfsync always"));
        Files.readAllLines(Path.of("src/examples/two-nodes/redis.conf")).stream()
                .filter(each -> each.startsWith("user "))
                .forEach(lines::add);
        RedisServer redis = open(RedisServer.start(lines.toArray(String[]::new)));
        LogNode node = node("redis://tidings:change-me@127.0.0.1:" + redis.port(), HUB, null);
        node.publish("1");
        redis.kill();
        redis.restart();
        node.publishAtLast("2");
        assertThat(node.awaitHeard("2").heard()).containsExactly(BEGAN, "1", "2");
    }

    @Test
    void serverOverTlsIsUsed(@TempDir Path folder) throws IOException {
        KeyStoreFile certificate = KeyStoreFile.in(folder);
        RedisServer redis = open(RedisServer.overTls(certificate));
        assertNodesShareTheLog("rediss://127.0.0.1:" + redis.tlsPort(), TrustedCertificates.read(certificate.pem()));
    }

    @Test
    void replicaThatIsListedFirstIsPassedOver() {
        RedisServer primary = open(RedisServer.start());
        RedisServer replica = open(primary.replica());
        assertNodesShareTheLog("redis://127.0.0.1:" + replica.port() + ",127.0.0.1:" + primary.port(), null);
    }

    @Test
    void serverOfAClusterThatHoldsTheHubIsFoundByAnyOther() {
        RedisCluster cluster = open(RedisCluster.start());
        RedisServer holder = cluster.holderOf(LogKeys.any(HUB));
        RedisServer other = cluster.servers().stream()
                .filter(server -> server != holder)
                .findFirst()
                .orElseThrow();
        assertNodesShareTheLog(other.address(), null);
    }

    @Test
    void logGoesOnAfterAFailover() {
        RedisServer primary = open(RedisServer.start());
        RedisServer replica = open(primary.replica());
        RedisSentinel sentinel = open(RedisSentinel.watching(primary, ""));
        sentinel.awaitReplica(replica);
        LogNode one = node(sentinel.address(), HUB, null);
        LogNode other = node(sentinel.address(), HUB, null);
        Event before = one.publish("1");
        other.awaitHeard("1");
        Eventually.passes(
                () -> assertThat(replica.command("XLEN", "{tidings}:log")).isEqualTo("1"));
        sentinel.failOverTo(replica, primary);
        one.publishAtLast("2");
        other.publishAtLast("3");
        assertThat(one.awaitHeard("3").heard()).containsExactly(BEGAN, "1", "2", "3");
        assertThat(other.awaitHeard("3").heard()).containsExactly(BEGAN, "1", "2", "3");
        assertThat(other.log.find(before.id())).isEqualTo(before.position());
    }

    @Test
    void hubsThatShareARedisSeeNothingOfEachOther() {
        RedisServer redis = open(RedisServer.start());
        assertApart(node(redis.address(), "one", null), node(redis.address(), "other", null));
    }

    @Test
    void hubsOfOneNameInTwoDatabasesSeeNothingOfEachOther() {
        RedisServer redis = open(RedisServer.start());
        assertApart(node(redis.address(), HUB, null), node(redis.address() + "/2", HUB, null));
    }

    private static void assertApart(LogNode one, LogNode other) {
        var once = new Once("alice /msg 1", "content");
        Event mine = one.publish(Requests.withId("id"), once).get(0);
        one.log.pass(Requests.of("passing"));
        assertThat(other.log.find(mine.id())).isNull();
        assertThat(other.log.find(mine.position().toString())).isNull();
        Event theirs = other.publish(Requests.of("theirs"), once).get(0);
        assertThat(theirs.sequence()).isEqualTo(1);
        assertThat(one.awaitHeard("passing").heard()).containsExactly(BEGAN, "data", "passing");
        assertThat(other.awaitHeard("theirs").heard()).containsExactly(BEGAN, "theirs");
    }

    /** Everything that a log does: it appends, passes, tells, finds, remembers keys, and reads what no memory has. */
    private void assertNodesShareTheLog(String address, @Nullable TrustedCertificates trust) {
        LogNode one = node(address, HUB, trust);
        LogNode other = node(address, HUB, trust);
        var once = new Once("alice /msg 1", "content");
        Event first = one.publish(Requests.withId("id"), once).get(0);
        assertThat(other.publish(Requests.withId("id"), once).get(0).position()).isEqualTo(first.position());
        one.log.pass(Requests.of("passing"));
        one.publish("last");
        assertThat(other.awaitHeard("last").heard()).containsExactly(BEGAN, "data", "passing", "last");
        assertThat(other.log.find("id")).isEqualTo(first.position());
        LogNode late = node(address, HUB, trust);
        assertThat(Requests.data(late.log)).isEqualTo(List.of("data", "last"));
    }

    private LogNode node(String address, String hub, @Nullable TrustedCertificates trust) {
        return open(LogNode.start(address, hub, trust)).awaitReady();
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.push(closeable);
        return closeable;
    }
}
