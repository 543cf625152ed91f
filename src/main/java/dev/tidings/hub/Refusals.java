package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.logging.LogLine;
import dev.tidings.logging.Logs;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts what each {@link Limit} refuses, and says so in the log. A flood of refusals is one line in a while.
 *
 * <p><b>Threads.</b> Any. No method waits.
 */
public final class Refusals {

    private static final System.Logger LOG = Logs.of(Refusals.class);

    /** How long after a line about a limit the next one may come. */
    private static final long QUIET = TimeUnit.SECONDS.toNanos(10);

    private final Map<Limit, OfOne> all = new EnumMap<>(Limit.class);
    private final LongSupplier nanoTime;

    /** The refusals by one limit. */
    private static final class OfOne {

        final AtomicLong count = new AtomicLong();

        /** How many there were when the log was told. */
        long told;

        long toldAt;
    }

    /** @param nanoTime a clock that only goes forward, as {@link System#nanoTime} */
    public Refusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        for (Limit limit : Limit.values()) {
            all.put(limit, new OfOne());
        }
    }

    /** How often this limit has refused. */
    public long count(Limit limit) {
        return of(limit).count.get();
    }

    /**
     * Counts a refusal, and says so. For whoever holds no lock: a container's log may hang.
     *
     * @param who whom it refuses, for the log
     * @param sentence what the one needs to know
     * @param wait when there may be room
     * @return to be thrown
     */
    public LimitReachedException refuse(Limit limit, String who, String sentence, Duration wait) {
        LimitReachedException refusal = count(limit, who, sentence, wait);
        say(refusal);
        return refusal;
    }

    /**
     * Counts a refusal, and says nothing yet.
     *
     * @return to be {@linkplain #say said} when no lock is held, and thrown
     */
    LimitReachedException count(Limit limit, String who, String sentence, Duration wait) {
        of(limit).count.incrementAndGet();
        return new LimitReachedException(limit, who, sentence, wholeSeconds(wait));
    }

    /** Writes a line about a refusal that was counted, unless the last line is too new. It tells how many more there were since that. */
    void say(LimitReachedException refusal) {
        long before = due(of(refusal.limit()));
        if (before >= 0) {
            LogLine line = LogLine.of("refused: " + refusal.getMessage()).add("who", refusal.who());
            LOG.log(Level.WARNING, before > 0 ? line.add("more", before) : line);
        }
    }

    /** How many others were refused since the last line; below 0 if none is due. */
    private long due(OfOne refused) {
        synchronized (refused) {
            long now = nanoTime.getAsLong();
            if (refused.told != 0 && now - refused.toldAt < QUIET) {
                return -1;
            }
            long count = refused.count.get();
            long before = Math.max(0, count - 1 - refused.told);
            refused.told = count;
            refused.toldAt = now;
            return before;
        }
    }

    private OfOne of(Limit limit) {
        return requireNonNull(all.get(limit));
    }

    private static Duration wholeSeconds(Duration wait) {
        return Duration.ofSeconds(
                Math.max(1, wait.plusNanos(TimeUnit.SECONDS.toNanos(1) - 1).toSeconds()));
    }
}
