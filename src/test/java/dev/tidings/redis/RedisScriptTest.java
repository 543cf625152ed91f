package dev.tidings.redis;

import static dev.tidings.redis.Redis.bytes;
import static dev.tidings.redis.Redis.connect;
import static dev.tidings.redis.Redis.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisScriptTest {

    private static final RedisScript INCREMENT =
            new RedisScript("redis.call('INCRBY', KEYS[1], ARGV[1]) return redis.call('GET', KEYS[1])");

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void forget() {
        server.command("FLUSHALL");
        server.command("SCRIPT", "FLUSH");
        server.command("CONFIG", "RESETSTAT");
    }

    @Test
    void unknownScriptIsSentOnceAndThenKnown() {
        try (RedisConnection connection = connect(server)) {
            assertThat(increment(connection)).isEqualTo("2");
            assertThat(increment(connection)).isEqualTo("4");
            assertThat(increment(connection)).isEqualTo("6");
            assertThat(server.command("INFO", "commandstats"))
                    .contains("cmdstat_eval:calls=1,", "cmdstat_evalsha:calls=3,");
        }
    }

    @Test
    void commandsThatFollowGoInTheSameRoundTripAndAnswerInTheirOrder() {
        try (RedisConnection connection = connect(server)) {
            for (int i = 1; i <= 2; i++) {
                List<Object> replies = INCREMENT.run(
                        connection,
                        List.of(bytes("n")),
                        List.of(bytes("1")),
                        List.of(RedisCommand.of("WAIT", "0", "100"), RedisCommand.of("NOSUCH")));
                assertThat(text(replies.get(0))).isEqualTo(Integer.toString(i));
                assertThat(replies.get(1)).isEqualTo(0L);
                assertThat(replies.get(2)).isInstanceOf(RedisRefusedException.class);
                assertThat(replies).hasSize(3);
            }
        }
    }

    @Test
    void errorOfAScriptIsARefusalWithItsCode() {
        var failing = new RedisScript("return redis.error_reply('FORKED another epoch')");
        try (RedisConnection connection = connect(server)) {
            assertThatThrownBy(() -> failing.run(connection, List.of(), List.of()))
                    .isInstanceOfSatisfying(
                            RedisRefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo("FORKED"))
                    .hasMessageContaining("(FORKED another epoch)");
            assertThat(increment(connection)).isEqualTo("2");
        }
    }

    @Test
    void scriptThatWritesOnAReplicaIsRefusedAsReadonly() {
        try (RedisServer other = RedisServer.start();
                RedisConnection connection = connect(other)) {
            other.command("REPLICAOF", "127.0.0.1", Integer.toString(server.port()));
            assertThatThrownBy(() -> increment(connection))
                    .isInstanceOfSatisfying(
                            RedisRefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo("READONLY"));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void scriptWithoutMemoryIsRefusedAsOom() {
        try (RedisServer full = RedisServer.start("maxmemory 100kb", "maxmemory-policy noeviction");
                RedisConnection connection = connect(full)) {
            assertThatThrownBy(() -> increment(connection))
                    .isInstanceOfSatisfying(
                            RedisRefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo("OOM"));
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void scriptWithoutEnoughReplicasIsRefusedAsNoreplicas() {
        try (RedisServer alone = RedisServer.start("min-replicas-to-write 1");
                RedisConnection connection = connect(alone)) {
            assertThatThrownBy(() -> increment(connection))
                    .isInstanceOfSatisfying(
                            RedisRefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo("NOREPLICAS"));
        }
    }

    private static Object increment(RedisConnection connection) {
        return text(INCREMENT.run(connection, List.of(bytes("n")), List.of(bytes("2"))));
    }
}
