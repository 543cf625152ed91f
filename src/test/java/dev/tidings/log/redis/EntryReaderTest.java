package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.redis.RedisAddress;
import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisServers;
import dev.tidings.redis.RedisUnavailableException;
import dev.tidings.testing.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much is read at once. */
class EntryReaderTest {

    private static final String NONE = "0-0";

    @Test
    void afterManySmallEntriesFewLargeOnesAreReadAtOnce() {
        try (RedisServer redis = RedisServer.start();
                RedisConnection connection = new RedisServers(
                                RedisAddress.parse(redis.address()), LogKeys.any("hub"), Duration.ofSeconds(5), null)
                        .connect(Duration.ofSeconds(5))) {
            var reader = new EntryReader(new LogKeys("hub"));
            add(connection, 1, 10_000, "x");
            long read = 0;
            while (read < 10_000) {
                read += reader.read(connection, "1-" + read, NONE).kept().size();
            }
            add(connection, 10_001, 1, "x");
            reader.read(connection, "1-" + read, NONE);
            add(connection, 10_002, 64, "x".repeat(1 << 20));
            assertThat(reader.read(connection, "1-" + (read + 1), NONE).size()).isLessThan(16L << 20);
        }
    }

    /** The connection is too slow for as many entries as the reader asks for, and it would ask for as many again for ever. */
    @Test
    void afterAReadThatFailedFewEntriesAreRead() {
        try (RedisServer redis = RedisServer.start()) {
            var servers = new RedisServers(
                    RedisAddress.parse(redis.address()), LogKeys.any("hub"), Duration.ofSeconds(5), null);
            var reader = new EntryReader(new LogKeys("hub"));
            try (RedisConnection connection = servers.connect(Duration.ofSeconds(5))) {
                add(connection, 1, 3_000, "x");
                long read = 0;
                while (read < 2_000) {
                    read += reader.read(connection, "1-" + read, NONE).kept().size();
                }
                redis.command("CLIENT", "KILL", "TYPE", "normal");
                assertThatThrownBy(() -> reader.read(connection, NONE, NONE))
                        .isInstanceOf(RedisUnavailableException.class);
            }
            try (RedisConnection connection = servers.connect(Duration.ofSeconds(5))) {
                assertThat(reader.read(connection, NONE, NONE).kept()).hasSizeLessThan(10);
            }
        }
    }

    private static void add(RedisConnection connection, int first, int count, String data) {
        for (int n = first; n < first + count; n++) {
            connection.call("XADD", utf8("{hub}:log"), utf8("1-" + n), utf8("e"), utf8(data));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
