package dev.tidings.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A little of everything that this package does, for {@link WithoutOtherLibrariesTest}. */
public final class RedisCalls {

    private RedisCalls() {}

    /** Connects, calls, is refused, and returns what a script returns. */
    public static String run(String address) {
        var servers = new RedisServers(RedisAddress.parse(address), "{hub}", Duration.ofSeconds(20), null);
        try (var shared =
                new SharedConnections(servers, 1, Duration.ofSeconds(20), Duration.ofSeconds(20), System::nanoTime)) {
            return shared.with(RedisCalls::use);
        }
    }

    private static String use(RedisConnection connection) {
        connection.call("SET", bytes("k"), bytes("v"));
        List<Object> replies =
                connection.pipeline(List.of(RedisCommand.of("LPOP", "k"), RedisCommand.of("XRANGE", "s", "-", "+")));
        String code = ((RedisRefusedException) replies.get(0)).code();
        var script = new RedisScript("return redis.call('GET', KEYS[1])");
        return code + " " + RedisConnection.text((byte[]) script.run(connection, List.of(bytes("k")), List.of()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
