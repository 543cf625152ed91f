package dev.tidings.redis;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tests of this package share. */
final class Redis {

    /** Long enough for a busy machine. */
    static final Duration LONG = Duration.ofSeconds(20);

    private static final String KEY = "{hub}";

    private Redis() {}

    static RedisServers servers(String address) {
        return servers(address, LONG);
    }

    static RedisServers servers(String address, Duration connectTimeout) {
        return new RedisServers(RedisAddress.parse(address), KEY, connectTimeout, null);
    }

    static RedisConnection connect(RedisServer server) {
        return servers(server.address()).connect(LONG);
    }

    /** Why there is no connection. */
    static String fault(RedisServers servers) {
        RedisUnavailableException fault = catchThrowableOfType(
                RedisUnavailableException.class, () -> servers.connect(LONG).close());
        return fault == null ? "none" : String.valueOf(fault.getMessage());
    }

    static byte[] bytes(String text) {
        return RedisCommand.of("", text).arguments().get(0);
    }

    /** A command with arguments of text, and the reply as text. */
    static @Nullable Object call(RedisConnection connection, String command, String... arguments) {
        return text(connection.call(
                command, RedisCommand.of(command, arguments).arguments().toArray(byte[][]::new)));
    }

    static @Nullable Object text(@Nullable Object reply) {
        if (reply instanceof byte[] bytes) {
            return RedisConnection.text(bytes);
        } else if (reply instanceof List<?> list) {
            var texts = new ArrayList<@Nullable Object>();
            list.forEach(one -> texts.add(text(one)));
            return texts;
        }
        return reply;
    }
}
