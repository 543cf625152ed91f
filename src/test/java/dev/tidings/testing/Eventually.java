package dev.tidings.testing;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The one way a test waits for something that another thread or process does.
 *
 * <p>Looks at once, soon again, then every few milliseconds, and goes on as soon as it is true: a test is as fast as what
 * it tests and fails only after the limit, {@link #LIMIT} unless another is given. Whether something never
 * happens cannot be asked here; publish a marker and look that nothing came before it.
 *
 * <p><b>Threads.</b> The caller's thread looks; nothing else is started. An interrupt ends the wait.
 */
public final class Eventually {

    /**
     * How long anything in a test may take before it counts as not happening: 30 s, since machines are busy, or as many
     * seconds as {@code test.wait} says. Mutation testing says few, since a mutant is often waited for in vain.
     */
    public static final Duration LIMIT = Duration.ofSeconds(Long.getLong("test.wait", 30));

    /** The first look is at once, the next soon, and each later one after twice as long as the one before. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final long SHORT_PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    /** Who has waited long waits a little longer: to look costs a request or a whole log, which others want to write. */
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private static final int PAUSES_OF_A_WAIT = 32;

    private Eventually() {}

    /** Waits until {@code condition} holds; {@code what} says in the failure what did not come true. */
    public static void holds(String what, Condition condition) {
        holds(what, LIMIT, condition);
    }

    /** Waits until {@code condition} holds, no longer than {@code limit}. */
    public static void holds(String what, Duration limit, Condition condition) {
        passes(limit, () -> {
            if (!condition.holds()) {
                throw new AssertionError(what);
            }
        });
    }

    /** The value of {@code future}, which is waited for. */
    public static <T> T value(Future<T> future) {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("no value of " + future, late);
        }
    }

    /** Waits until {@code assertion} passes; its last failure is the cause of ours. */
    public static void passes(Assertion assertion) {
        passes(LIMIT, assertion);
    }

    /** Waits until {@code assertion} passes, no longer than {@code limit}. */
    public static void passes(Duration limit, Assertion assertion) {
        long start = System.nanoTime();
        long deadline = start + limit.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                assertion.check();
                return;
            } catch (AssertionError failure) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new AssertionError("Not within " + limit + ": " + failure.getMessage(), failure);
                }
            } catch (Exception failure) {
                throw new AssertionError("Could not look: " + failure, failure);
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, longestPauseAfter(System.nanoTime() - start));
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("Interrupted while waiting");
            }
        }
    }

    private static long longestPauseAfter(long nanos) {
        return Math.max(SHORT_PAUSE_NANOS, Math.min(nanos / PAUSES_OF_A_WAIT, LONGEST_PAUSE_NANOS));
    }

    /** A question asked again and again. */
    @FunctionalInterface
    public interface Condition {
        /** Whether it is so by now. An exception ends the wait. */
        boolean holds() throws Exception;
    }

    /** An assertion made again and again. */
    @FunctionalInterface
    public interface Assertion {
        /** Throws an AssertionError while it is not so yet. Another exception ends the wait. */
        void check() throws Exception;
    }
}
