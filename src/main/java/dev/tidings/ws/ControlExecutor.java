package dev.tidings.ws;

import dev.tidings.logging.Logs;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the calls that a container answers only when the peer has taken something: pings and closings.
 *
 * <p>The Jakarta WebSocket API has no other form of them, and a peer that does not read may hold one up until the
 * container gives it up. So they are made by threads that no other thread waits for: {@value #THREADS} at most, and
 * none while there is nothing to do.
 *
 * <p><b>Threads.</b> Any may call {@link #run}, which does not wait; {@link #close} does, for a few seconds.
 */
public final class ControlExecutor implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(ControlExecutor.class);

    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 10;
    private static final int STOP_SECONDS = 5;

    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);

    /** Makes an executor without threads; the first call starts one. */
    public ControlExecutor() {
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs the call when a thread is free. After {@link #close} no call is run: the container closes the WebSockets
     * that are open by then.
     */
    void run(Runnable call) {
        try {
            threads.execute(call);
        } catch (RejectedExecutionException stopped) {
            LOG.log(System.Logger.Level.DEBUG, "a WebSocket is left to the container", stopped);
        }
    }

    /** Does what waits, as long as that takes no more than a few seconds, and stops. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
                if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                    LOG.log(System.Logger.Level.WARNING, "the thread that closes WebSockets does not stop");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread thread(Runnable task) {
        var thread = new Thread(task, "tidings-ws-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
