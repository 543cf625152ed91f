package dev.tidings.http.stream;

import dev.tidings.hub.FailureLog;
import dev.tidings.logging.Logs;
import jakarta.servlet.AsyncContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Completes the response of one stream, whatever fails meanwhile.
 *
 * <p>Completing may fail itself, as when memory has run out. Then it is {@linkplain #isOverdue overdue}, and
 * repeated. It is overdue as well when a write has failed and the container does not notice within {@link #PATIENCE}:
 * the failure may have been ours, and unknown to the container.
 *
 * <p><b>Threads.</b> {@link #isSettled} is the timer's; any may call the others.
 */
final class Completion {

    /** How long a container has to notice that a write has failed. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final System.Logger LOG = Logs.of(Completion.class);

    private final AsyncContext async;
    private final AtomicBoolean done = new AtomicBoolean();
    private volatile boolean overdue;

    // The timer's own.
    private boolean ended;
    private long endedSince;

    Completion(AsyncContext async) {
        this.async = async;
    }

    /** Completes what was not completed before. */
    void complete() {
        if (done.compareAndSet(false, true)) {
            completeAgain();
        }
    }

    /**
     * Completes even what was completed before. Tomcat first calls the WriteListener, where completing has no effect
     * yet, and dispatches to its error page unless an AsyncListener completes as well.
     */
    void completeAgain() {
        try {
            async.complete();
        } catch (RuntimeException alreadyCompleted) {
            // The container was faster.
            return;
        } catch (Throwable failure) {
            done.set(false);
            overdue = true;
            FailureLog.error(LOG, "a stream could not be completed; the hub tries again", failure);
        }
    }

    /** Whether it has to be completed though a write failed, by a thread that holds no lock of the stream's. */
    boolean isOverdue() {
        return overdue && !done.get();
    }

    /**
     * Looks, again and again, after a stream that has ended.
     *
     * @param nanos the time, by a clock that only goes forward
     * @return whether all that is left is the container's
     */
    boolean isSettled(long nanos) {
        if (done.get()) {
            return true;
        }
        if (!ended) {
            ended = true;
            endedSince = nanos;
        }
        overdue |= nanos - endedSince >= PATIENCE.toNanos();
        return false;
    }
}
