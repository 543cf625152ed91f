package dev.tidings.hub;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Holds threads of the container that wait for the log: each for a limited time, and few of them where it takes long. A
 * disk that hangs would otherwise take them all, and with them the streams, the pages and {@code /health}.
 *
 * <p>As long as answers come quickly any number of threads may wait. Whoever has waited for {@link #QUICK} needs one of
 * {@value #SLOTS} slots, and where none is free goes after as long again: when the whole process stood still, as while
 * garbage is collected, the answers are about to come.
 *
 * <p><b>Threads.</b> Any.
 */
public final class BoundedWait {

    /** How long a log that is well may take. */
    public static final Duration QUICK = Duration.ofMillis(500);

    /** How many threads may wait for longer. */
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
     * Waits for an answer. An interrupt does not end the wait: nobody would know then what the answer is.
     *
     * @param slow whether it is known already that it may take long, so that a slot is needed at once
     * @throws TimeoutException if it takes too long, or would and there is no slot
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

    /** Whether the answer is there, by then at the latest. */
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
