package dev.tidings.hub;

import dev.tidings.logging.Logs;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A named daemon thread that does one step of work after the other, and ends only when it is closed.
 *
 * <p>Whatever a {@link Step} throws is logged, and the next step follows. So a lack of memory, which may strike anywhere, costs
 * one step and never the thread. After failures in a row the thread pauses, up to {@link #LONGEST_PAUSE}, so that a lasting
 * fault does not take a whole processor. Nothing here allocates once the thread runs. A step keeps work that it has taken and
 * not yet done where its next call finds it.
 *
 * <p>Each step costs two volatile writes, by which {@link #fault} tells whether the thread is stuck.
 *
 * <p><b>Threads.</b> Any thread may call any method. {@link #start} is called once. Only {@link #close} and
 * {@link #close(Duration)} wait.
 */
public final class WorkerThread implements AutoCloseable {

    /** A step returns this if it has nothing to do until the thread is {@linkplain #wake woken}. */
    public static final long IDLE = Long.MAX_VALUE;

    /** The longest that a step may take that waits for nothing, on a machine that is far too small. */
    public static final Duration LONGEST_STEP = Duration.ofSeconds(30);

    /** How long the thread pauses at most after many failures in a row. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** After this many failures in a row a closed thread gives up. */
    private static final int LAST_TRIES = 5;

    /** The pause after the second failure in a row; each after that is twice as long. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int MOST_DOUBLINGS = 10;

    private static final System.Logger LOG = Logs.of(WorkerThread.class);

    private final Step step;
    private final @Nullable Duration longestStep;
    private final Thread thread;
    private final String failed;

    /** How many steps in a row have failed. Used by the thread alone. */
    private int failures;

    private volatile boolean started;
    private volatile boolean closed;

    private final BusyTime busy = new BusyTime();

    /** One piece of a thread's work. */
    @FunctionalInterface
    public interface Step {

        /**
         * Does what there is to do.
         *
         * <p>A step that has waited, for a lock or a disk, since it last looked for work should return 0: the wait may have
         * used up a {@link #wake}.
         *
         * @return for how many nanoseconds there is nothing to do, unless the thread is woken: 0 to be called again at
         *     once, {@link #IDLE} when nothing is left. A closed thread ends at the first {@code IDLE} of a step that began
         *     after it was closed.
         */
        long run() throws Exception;
    }

    /**
     * Makes a thread that is not started.
     *
     * @param longestStep a step that takes longer counts as stuck; null if a step may take any time
     */
    public WorkerThread(String name, @Nullable Duration longestStep, Step step) {
        this.step = step;
        this.longestStep = longestStep;
        this.failed = "the thread " + name + " has met a failure and goes on";
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts the thread. */
    public WorkerThread start() {
        thread.start();
        started = true;
        return this;
    }

    /** Makes the next step follow at once. Never blocks, and allocates nothing. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /** The thread's name. */
    public String name() {
        return thread.getName();
    }

    /** Whether it was started and has not ended. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Why only a restart can help, as a sentence; null if the thread is healthy. */
    public @Nullable String fault() {
        if (started && !closed && !thread.isAlive()) {
            return "the thread " + name() + " has ended";
        }
        Duration step = busyFor();
        return longestStep == null || step.compareTo(longestStep) <= 0
                ? null
                : "the thread " + name() + " has been at one piece of work for " + step.toSeconds() + " s";
    }

    /** For how long it has been at one step; zero between steps. */
    public Duration busyFor() {
        return busy.elapsed();
    }

    /** Whether it was closed, so that its step should end soon. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends the thread when nothing is left to do, and waits until it has ended. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /**
     * Ends the thread when nothing is left to do, and waits for that no longer than a limit. Zero is no limit.
     *
     * @return whether it has ended
     */
    public boolean close(Duration limit) {
        closed = true;
        wake();
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            return true;
        }
        LOG.log(System.Logger.Level.WARNING, "the thread " + name() + " does not stop");
        return false;
    }

    private void run() {
        boolean working = true;
        while (working) {
            try {
                working = work();
            } catch (Throwable failure) {
                // Handling a failure may fail as well, if memory is so short that no class can be linked.
                working = true;
            }
        }
    }

    /** Does one step, and pauses after it. Returns false if it was the last. */
    private boolean work() {
        long pause;
        // Read before the step. Work that came after the step's last look, and before the closing, takes one more step.
        boolean last = closed;
        busy.begin();
        try {
            pause = step.run();
            failures = 0;
        } catch (Throwable failure) {
            failures++;
            FailureLog.error(LOG, failed, failure);
            pause = 0;
        }
        if (last && (pause == IDLE || failures >= LAST_TRIES)) {
            busy.end();
            return false;
        }
        if (failures > 1) {
            busy.end();
            recover();
        } else if (pause > 0 && closed == last) {
            busy.end();
            LockSupport.parkNanos(this, pause);
            // An interrupt has no meaning here. Left set, it would keep the thread from ever waiting again.
            Thread.interrupted();
        }
        return true;
    }

    /** Pauses after failures, however often the thread is woken. */
    private void recover() {
        long pause = Math.min(LONGEST_PAUSE.toNanos(), FIRST_PAUSE_NANOS << Math.min(failures - 2, MOST_DOUBLINGS));
        long until = System.nanoTime() + pause;
        for (long left = pause; left > 0 && !closed; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            Thread.interrupted();
        }
    }
}
