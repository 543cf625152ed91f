package dev.tidings.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.hub.LogUnavailableException;
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
     * @throws LogUnavailableException with a sentence, if it cannot
     */
    public void requireSupport(RedisConnection connection) {
        try {
            if (by == By.DISK) {
                connection.call("WAITAOF", utf8("1"), utf8("0"), utf8("1"));
            } else if (by == By.REPLICA) {
                connection.call("WAIT", utf8("0"), utf8("1"));
            }
        } catch (RedisRefusedException refused) {
            boolean disk = by == By.DISK;
            throw new LogUnavailableException("redis at " + connection.server()
                    + " cannot confirm what is on " + (disk ? "its disk" : "a replica")
                    + ", as tidings.redis.wait=" + (disk ? "disk" : "replica") + " asks (" + refused.getMessage()
                    + "); it needs "
                    + (disk ? "Redis 7.2 or Valkey, and appendonly yes" : "the right to WAIT"));
        }
    }

    /** The command that waits, if there is anything to wait for. */
    public List<RedisCommand> commands() {
        String time = Long.toString(limit.toMillis());
        return switch (by) {
            case NONE -> List.of();
            case REPLICA -> List.of(RedisCommand.of("WAIT", "1", time));
            case DISK -> List.of(RedisCommand.of("WAITAOF", "1", "0", time));
        };
    }

    /**
     * Whether what was appended is as safe as was asked for.
     *
     * @param replies the script's, then that of each command
     */
    public boolean isGiven(List<@Nullable Object> replies) {
        if (by == By.NONE) {
            return true;
        }
        Object reply = replies.get(1) instanceof List<?> counts ? counts.get(0) : replies.get(1);
        return reply instanceof Long count && count > 0;
    }

    /**
     * What is wrong when something is stored and not confirmed.
     *
     * @param what names it, with an article
     */
    public String missing(String what) {
        return (by == By.DISK ? "the disk of Redis has not" : "no replica") + " confirmed " + what + " within "
                + limit.toMillis() + " ms, as tidings.redis.wait asks; it is stored there";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
