package dev.tidings.ops;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks one part of the hub.
 *
 * <p><b>Threads.</b> Any, so its supplier has to be safe for any thread.
 *
 * @param name the part that is checked, in a word
 * @param fault gives the fault as a sentence without its full stop, or null while there is none; it does not wait
 */
public record HealthCheck(String name, Supplier<@Nullable String> fault) {

    /** How long a fault has to last until it is believed. */
    private static final Duration CONFIRMED = Duration.ofSeconds(2);

    /**
     * Returns the same check with faults that are believed only when they are found again some time later. After a
     * process was stopped, or a machine slept, every thread looks late. A probe at that moment should cause no restart.
     *
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}
     */
    HealthCheck confirmed(LongSupplier nanoTime) {
        return new HealthCheck(name, new Confirmed(fault, nanoTime));
    }

    private static final class Confirmed implements Supplier<@Nullable String> {

        private final Supplier<@Nullable String> fault;
        private final LongSupplier nanoTime;
        private boolean suspected;
        private long since;

        Confirmed(Supplier<@Nullable String> fault, LongSupplier nanoTime) {
            this.fault = fault;
            this.nanoTime = nanoTime;
        }

        @Override
        public synchronized @Nullable String get() {
            String found = fault.get();
            long now = nanoTime.getAsLong();
            if (found == null) {
                suspected = false;
            } else if (!suspected) {
                suspected = true;
                since = now;
            }
            return suspected && now - since >= CONFIRMED.toNanos() ? found : null;
        }
    }
}
