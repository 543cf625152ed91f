package dev.tidings.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How a trial waits: as long as there is progress, but not for ever.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param quiet how long nothing may happen
 */
record Patience(Duration quiet) {

    private static final int LOOK_MILLIS = 100;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Something that can be waited for. */
    interface Wait {

        /** Waits no longer than this; whether it has come about. */
        boolean millis(long limit);
    }

    /**
     * Waits until it has come about.
     *
     * @param progress a number that changes as long as it gets on
     * @param faults what went wrong so far
     * @param complaint what is said if it does not come about
     * @throws TrialFailedException if something went wrong, or it takes too long
     */
    void await(Wait wait, LongSupplier progress, Supplier<List<String>> faults, Supplier<String> complaint) {
        long seen = progress.getAsLong();
        long now = System.nanoTime();
        long deadline = now + LIMIT.toNanos();
        long patient = now + quiet.toNanos();
        while (!wait.millis(LOOK_MILLIS)) {
            now = System.nanoTime();
            long present = progress.getAsLong();
            patient = present == seen ? patient : now + quiet.toNanos();
            seen = present;
            List<String> wrong = faults.get();
            if (!wrong.isEmpty()) {
                throw new TrialFailedException(wrong.get(0));
            }
            if (now > deadline || now > patient) {
                throw new TrialFailedException(complaint.get());
            }
        }
    }
}
