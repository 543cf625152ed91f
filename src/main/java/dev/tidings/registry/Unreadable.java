package dev.tidings.registry;

import dev.tidings.logging.LogLine;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says in the log that something which stands in Redis cannot be read, once a minute at most. Others may write there, too, as much as
 * they like. So no line is as long as what they wrote, and nothing in it can end the line.
 *
 * <p><b>Threads.</b> Any.
 */
final class Unreadable {

    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final System.Logger log;
    private final String what;
    private final LongSupplier nanoTime;
    private long quietUntil;

    /**
     * @param log whose line it is
     * @param what says what cannot be read, as a sentence
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}
     */
    Unreadable(System.Logger log, String what, LongSupplier nanoTime) {
        this.log = log;
        this.what = what;
        this.nanoTime = nanoTime;
        this.quietUntil = nanoTime.getAsLong();
    }

    /** Says so, unless it was said within the last minute. */
    void say(RuntimeException fault) {
        if (isDue()) {
            log.log(Level.WARNING, LogLine.of(what).add("fault", fault.getMessage()));
        }
    }

    private synchronized boolean isDue() {
        long now = nanoTime.getAsLong();
        if (now - quietUntil < 0) {
            return false;
        }
        quietUntil = now + QUIET;
        return true;
    }
}
