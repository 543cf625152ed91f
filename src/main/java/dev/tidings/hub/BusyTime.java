package dev.tidings.hub;

import java.time.Duration;

/**
 * For how long a thread has been at one piece of work, so that others can tell whether it is stuck.
 *
 * <p>Prefix and ending cost one volatile write each, and allocate nothing.
 *
 * <p><b>Threads.</b> One thread begins and ends; any may ask.
 */
public final class BusyTime {

    /** When the work began, by {@link System#nanoTime} and never 0; 0 between pieces of work. */
    private volatile long since;

    /** Work begins now. Another piece of work takes the place of one that has not ended. */
    public void begin() {
        since = System.nanoTime() | 1;
    }

    /** The work is done. */
    public void end() {
        since = 0;
    }

    /** How long the work has taken so far; zero between pieces of work. */
    public Duration elapsed() {
        long began = since;
        return began == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - began));
    }
}
