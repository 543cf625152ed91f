package dev.tidings.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.RedisServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;

/**
 * The client library names others, for pools, JSON and its log. The WAR has none of them, and a bare connection needs none.
 *
 * <p>This runs with the classes of the hub, those of the tests, and the client library, and with nothing else but the JDK.
 */
class WithoutOtherLibrariesTest {

    @Test
    void clientLibraryNeedsNoOther() throws IOException, ReflectiveOperationException {
        URL[] places = {placeOf(RedisConnection.class), placeOf(RedisCalls.class), placeOf(Connection.class)};
        try (RedisServer server = RedisServer.start();
                var alone = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
            Class<?> calls = alone.loadClass(RedisCalls.class.getName());
            assertThat(calls).isNotEqualTo(RedisCalls.class);
            assertThat(calls.getMethod("run", String.class).invoke(null, server.address()))
                    .isEqualTo("WRONGTYPE v");
        }
    }

    private static URL placeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
