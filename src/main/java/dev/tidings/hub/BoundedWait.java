package dev.tidings.hub;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Limits how container threads wait for the log: each for a limited time, and few of them if answers take long. Otherwise a
 * disk that hangs would take all threads, and with them the streams, the pages and {@code /health}.
 *
 * <p>While answers come quickly any number of threads may wait. A thread that has waited for {@link #QUICK} needs one of
 * {@value #SLOTS} slots. If none is free it gives up after as long again, and not at once: if the whole process stood still, as
 * for a garbage collection, the answers are about to come.
 *
 * <p><b>Threads.</b> Any.
 */
public final class BoundedWait {

    /** How long a healthy log may take. */
    public static final Duration QUICK = Duration.ofMillis(500);

    /** How many threads may wait longer. */
    public static final int SLOTS = 32;

    private final Semaphore slots = new Semaphore(SLOTS);
    private final Duration limit;

    /** @param limit how long a thread waits at most */
    public BoundedWait(Duration limit) {
        this.limit = limit;
    }

    /** How long a thread waits at most. */
    public Duration limit() {
        return limit;
    }

    /**
     * Waits for an answer. An interrupt does not end the wait, because the answer would remain unknown.
     *
     * @param slow whether answers are known to take long, so that a slot is needed at once
     * @throws TimeoutException if the answer takes too long, or may do so and no slot is free
     * @throws CompletionException if the answer is an exception
     */
    public <T> T await(CompletableFuture<T> answer, boolean slow) throws TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        long quick = slow ? 0 : Math.min(QUICK.toNanos(), limit.toNanos());
        if (!isDone(answer, System.nanoTime() + quick)) {
            if (slots.tryAcquire()) {
                awaitInASlot(answer, end);
            } else if (!isDone(answer, System.nanoTime() + quick)) {
                throw new TimeoutException(SLOTS + " others wait already");
            }
        }
        return answer.join();
    }

    private void awaitInASlot(CompletableFuture<?> answer, long end) throws TimeoutException {
        try {
            if (!isDone(answer, end)) {
                throw new TimeoutException("no answer within " + limit.toMillis() + " ms");
            }
        } finally {
            slots.release();
        }
    }

    /** Waits until the answer is there, or until then. Returns whether it is there. */
    private static boolean isDone(CompletableFuture<?> answer, long end) {
        boolean interrupted = false;
        try {
            while (!answer.isDone()) {
                try {
                    answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (ExecutionException refused) {
                    return true;
                } catch (TimeoutException late) {
                    return answer.isDone();
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
