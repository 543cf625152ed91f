package dev.tidings.ops;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing that has to be well.
 *
 * <p><b>Threads.</b> Any, so its supplier has to be for any.
 *
 * @param name what is looked at, in a word
 * @param fault what is wrong with it, as a sentence without its full stop, or null while nothing is; does not wait
 */
public record HealthCheck(String name, Supplier<@Nullable String> fault) {

    /** How long something has to be wrong until it is. */
    private static final Duration CONFIRMED = Duration.ofSeconds(2);

    /**
     * The same, believed only when it is found wrong again some time after. A process that was stopped, or a machine that
     * slept, finds every thread late when it goes on; who asks then is not to have it restarted.
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
