package dev.tidings.log.redis;

import dev.tidings.hub.LogUnavailableException;
import dev.tidings.logging.Logs;
import dev.tidings.redis.RedisRefusedException;
import dev.tidings.redis.RedisUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For how long Redis has been away, and why. When it goes and when it is back stands in the log, in one line each.
 *
 * <p>A node has one connection that appends and one that reads. Redis is away while one of them finds it so.
 *
 * <p><b>Threads.</b> Any.
 */
final class Outage {

    private static final System.Logger LOG = Logs.of(Outage.class);

    /** Shorter ones are nothing to speak of: a connection was cut and made again. */
    private static final Duration WORTH_TELLING = Duration.ofMillis(300);

    /** Another reason is told, too, such as that of the server that was promoted. Not more often than this. */
    private static final Duration BETWEEN_REASONS = Duration.ofSeconds(10);

    /** What strangers may know of each reason, by who found it. */
    private final Map<Object, String> reasons = new LinkedHashMap<>();

    private long since;
    private boolean told;
    private String toldReason = "";
    private long toldAt;

    /** Somebody finds Redis away, for a reason whose message is a sentence without its full stop. */
    synchronized void begin(Object who, LogUnavailableException fault) {
        String reason = String.valueOf(fault.getMessage());
        if (reasons.isEmpty()) {
            since = System.nanoTime();
        }
        reasons.put(who, withoutServers(fault));
        if (!told && lasts().compareTo(WORTH_TELLING) >= 0) {
            told = true;
            tell("Redis is away: ", reason);
        } else if (told && !reason.equals(toldReason) && System.nanoTime() - toldAt > BETWEEN_REASONS.toNanos()) {
            tell("Redis is still away, for " + lasts().toSeconds() + " s: ", reason);
        }
    }

    private void tell(String beginning, String reason) {
        toldReason = reason;
        toldAt = System.nanoTime();
        LOG.log(
                Level.WARNING,
                beginning + reason + "; streams stay open, and events cannot be published until it is back");
    }

    /** Somebody finds Redis there. */
    synchronized void end(Object who) {
        Duration lasted = lasts();
        if (reasons.remove(who) != null && reasons.isEmpty() && told) {
            told = false;
            LOG.log(Level.INFO, "Redis is back after " + lasted.toSeconds() + " s");
        }
    }

    /** How long it has lasted; zero if Redis is there. */
    synchronized Duration lasts() {
        return reasons.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /** The same as {@link #fault()}, if it is this one who finds Redis away. */
    synchronized @Nullable String fault(Object who) {
        return reasons.containsKey(who) ? fault() : null;
    }

    /**
     * Why events cannot be published or delivered now, as a sentence without its full stop; null if they can. Strangers may read
     * it, so it names no server.
     */
    synchronized @Nullable String fault() {
        return reasons.isEmpty()
                ? null
                : "Redis has been away for " + lasts().toSeconds() + " s: "
                        + reasons.values().iterator().next();
    }

    private static String withoutServers(LogUnavailableException fault) {
        if (fault instanceof RedisRefusedException refused) {
            return "it refuses what it is asked, with " + refused.code();
        }
        return fault instanceof RedisUnavailableException
                ? "the log of this node says why"
                : String.valueOf(fault.getMessage());
    }
}
