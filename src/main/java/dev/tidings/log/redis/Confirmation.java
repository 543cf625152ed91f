package dev.tidings.log.redis;

import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisRefusedException;
import dev.tidings.redis.RedisUnavailableException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a publish waits for beyond the answer of the server that takes writes.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param by who has to confirm
 * @param limit how long to wait
 */
public record Confirmation(By by, Duration limit) {

    /** Nothing more. */
    public static final Confirmation NONE = new Confirmation(By.NONE, Duration.ZERO);

    /** Who has to confirm that an event is stored. */
    public enum By {
        /** Nobody. */
        NONE,
        /** One replica, in its memory. */
        REPLICA,
        /** The server's own append-only file, synced. Needs Redis 7.2 or Valkey. */
        DISK
    }

    /**
     * Checks that this server can confirm at all.
     *
     * @throws RedisUnavailableException with a sentence, if it cannot
     */
    void requireSupport(RedisConnection connection) {
        if (by != By.DISK) {
            return;
        }
        try {
            connection.call("WAITAOF", bytes(1), bytes(0), bytes(1));
        } catch (RedisRefusedException refused) {
            throw new RedisUnavailableException("redis at " + connection.server()
                    + " cannot confirm what is on its disk, as tidings.redis.wait=disk asks ("
                    + refused.getMessage()
                    + "); it needs Redis 7.2 or Valkey, and appendonly yes");
        }
    }

    /** The command that waits, or null. */
    @Nullable
    List<byte[]> command() {
        return switch (by) {
            case NONE -> null;
            case REPLICA -> List.of(text("WAIT"), bytes(1), bytes(limit.toMillis()));
            case DISK -> List.of(text("WAITAOF"), bytes(1), bytes(0), bytes(limit.toMillis()));
        };
    }

    /** Whether the answer to the command says that it is confirmed. */
    boolean isGiven(Object answer) {
        Object first = answer instanceof List<?> counts ? counts.get(0) : answer;
        return first instanceof Long count && count > 0;
    }

    /** What a publisher is told whose event is stored and not confirmed. */
    String missing() {
        return "Redis has stored the event, but "
                + (by == By.DISK ? "its disk" : "no replica") + " confirmed it within " + limit.toMillis()
                + " ms; publish it again with the same Idempotency-Key";
    }

    private static byte[] bytes(long number) {
        return text(Long.toString(number));
    }

    private static byte[] text(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
