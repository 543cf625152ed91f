package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.redis.RedisAddress;
import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisServers;
import dev.tidings.testing.RedisServer;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes find of each other. */
class NodeLeasesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "1 here", "1 unknown name"})
    void leaseThatNoNodeHasWrittenIsLeftOut(String entry) {
        var keys = new RegistryKeys("hub");
        try (RedisServer redis = RedisServer.start();
                RedisConnection connection = new RedisServers(
                                RedisAddress.parse(redis.address()), "{hub}:log", Duration.ofSeconds(5), null)
                        .connect(Duration.ofSeconds(5))) {
            new NodeLeases(keys, "1", "one").renew(connection, NodeLease.State.HERE);
            redis.command("HSET", new String(keys.nodes(), UTF_8), "foreign", entry);
            var other = new NodeLeases(keys, "2", "two");
            assertThat(other.renew(connection, NodeLease.State.HERE).others())
                    .extracting(NodeLease::name)
                    .containsExactly("one");
            assertThat(other.others(connection)).extracting(NodeLease::name).containsExactly("one");
        }
    }
}
