package dev.tidings.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.auth.Revocation;
import dev.tidings.auth.TooManyRevocationsException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.RegistryUnavailableException;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The revocations of two nodes over a real Redis. */
class SharedRevocationsTest {

    private static final String NODES = "{" + RegistryNode.HUB + "}:nodes";
    private static final String KEY = "{" + RegistryNode.HUB + "}:revocations";

    private final Instant until = Instant.now().plus(Duration.ofDays(1));
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

    private Revocation keep(RegistryNode node, String jti) {
        return node.registry.revocations().keep(Revocation.ofToken(jti, until));
    }

    private static List<String> known(RegistryNode node) {
        return node.revocations.all().stream()
                .map(each -> String.valueOf(each.jti() == null ? each.user() : each.jti()))
                .sorted()
                .toList();
    }

    @Test
    void revocationThatWasAnsweredIsKnownOnEveryNode() {
        for (int n = 0; n < 100; n++) {
            keep(n % 2 == 0 ? one : other, "t" + n);
            assertThat(one.revocations.size()).isEqualTo(n + 1);
            assertThat(other.revocations.size()).isEqualTo(n + 1);
        }
    }

    @Test
    void laterTimesCountWhicheverNodeIsAsked() {
        one.registry.revocations().keep(Revocation.ofUser("alice", until, until.plusSeconds(5)));
        Revocation kept = other.registry.revocations().keep(Revocation.ofUser("alice", until.plusSeconds(3), until));
        assertThat(kept).isEqualTo(Revocation.ofUser("alice", until.plusSeconds(3), until.plusSeconds(5)));
        assertThat(one.revocations.all()).containsExactly(kept);
        assertThat(other.revocations.all()).containsExactly(kept);
        assertThat(keep(one, "\u00e9 {}:").jti()).isEqualTo("\u00e9 {}:");
    }

    @Test
    void withdrawnRevocationIsGoneOnEveryNode() {
        Revocation kept = keep(one, "t1");
        assertThat(other.registry.revocations().withdraw(kept.id())).isTrue();
        assertThat(known(one)).isEmpty();
        assertThat(known(other)).isEmpty();
        assertThat(one.registry.revocations().withdraw(kept.id())).isFalse();
        assertThat(redis.command("ZCARD", KEY + ":until")).isEqualTo("0");
    }

    @Test
    void nodeThatBeginsKnowsThemAll() {
        keep(one, "t1");
        keep(one, "t2");
        try (var third = new RegistryNode(redis.address(), "third")) {
            assertThat(known(third)).containsExactly("t1", "t2");
        }
    }

    /** A node whose tail was cut off does not hear; it looks for itself. */
    @Test
    void nodeThatMissedAChangeFindsOut() {
        keep(one, "t0");
        String text = Revocation.ofToken("t1", until).text();
        redis.command("HSET", KEY, Revocation.ofToken("t1", until).id(), text);
        redis.command("HDEL", KEY, Revocation.ofToken("t0", until).id());
        String version = redis.command("GET", KEY + ":version");
        redis.command("SET", KEY + ":version", version.substring(0, version.indexOf(' ')) + " 9");
        Eventually.passes(() -> {
            assertThat(known(one)).containsExactly("t1");
            assertThat(known(other)).containsExactly("t1");
        });
    }

    @Test
    void whatRedisHasLostIsWrittenBack() {
        for (int n = 0; n < 450; n++) {
            keep(one, "t" + n);
        }
        redis.command("DEL", KEY, KEY + ":until", KEY + ":version");
        keep(other, "new");
        Eventually.passes(() -> assertThat(redis.command("HLEN", KEY)).isEqualTo("451"));
        Eventually.passes(() -> {
            assertThat(known(one)).hasSize(451);
            assertThat(known(other)).hasSize(451);
        });
    }

    @Test
    void hubThatNeverRevokedAnythingLeavesNothingInRedis() {
        assertThat(redis.command("EXISTS", KEY, KEY + ":until", KEY + ":version"))
                .isEqualTo("0");
    }

    @Test
    void nodeThatDoesNotAnswerIsNoReasonToForgetTheRevocation() {
        // A lease that nobody holds looks like a node that hangs, for as long as leases last.
        redis.command("HSET", NODES, "hangs", "hangs:1 here hangs");
        assertThatThrownBy(() -> keep(one, "t1"))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("is kept")
                .hasMessageContaining("\"hangs\"");
        assertThat(known(one)).containsExactly("t1");
        assertThat(known(other)).containsExactly("t1");
        redis.command("HDEL", NODES, "hangs");
        assertThat(keep(one, "t1").jti()).isEqualTo("t1");
    }

    @Test
    void nodeWithoutRedisRevokesNothing() {
        try (var proxy = CuttableProxy.to(URI.create("http://127.0.0.1:" + redis.port()));
                var cut = new RegistryNode("redis://127.0.0.1:" + proxy.port(), "cut")) {
            proxy.down();
            assertThatThrownBy(() -> keep(cut, "t1")).isInstanceOf(LogUnavailableException.class);
            assertThat(known(cut)).isEmpty();
            keep(one, "t2");
        } catch (RegistryUnavailableException cutOff) {
            assertThat(cutOff).hasMessageContaining("\"cut\"");
        }
        assertThat(known(one)).containsExactly("t2");
    }

    @Test
    void thereIsABound() {
        keep(one, "t1");
        redis.command("EVAL", "for i = 1, 99999 do redis.call('HSET', KEYS[1], i, '0 1 jx') end", "1", KEY);
        assertThatThrownBy(() -> keep(one, "t2")).isInstanceOf(TooManyRevocationsException.class);
        assertThat(keep(one, "t1").jti()).isEqualTo("t1");
    }

    @Test
    void thoseThatHaveEndedMakeRoom() {
        one.registry
                .revocations()
                .keep(Revocation.ofToken("ended", Instant.now().plusMillis(1)));
        Eventually.passes(() -> {
            keep(one, "t1");
            assertThat(redis.command("HLEN", KEY)).isEqualTo("1");
        });
    }
}
