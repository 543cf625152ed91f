package dev.tidings.log.file;

import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.LogUnavailableException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Reads from the disk on threads of its own, so that a disk that hangs blocks these threads alone. A thread that wants a page
 * holds a stream's lock, which other threads of the hub will need.
 *
 * <p>A caller waits {@link #LIMIT} at most. While all threads hang, callers are refused at once.
 *
 * <p><b>Threads.</b> Any.
 */
final class DiskReader implements AutoCloseable {

    /** How long a caller waits. */
    static final Duration LIMIT = Duration.ofSeconds(1);

    private final int count;
    private final ThreadPoolExecutor threads;
    private final Set<Read<?>> running = ConcurrentHashMap.newKeySet();
    private final BoundedWait wait = new BoundedWait(LIMIT);

    /** @param count how many threads read */
    DiskReader(int count) {
        this.count = count;
        var number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "tidings-log-reader-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        // Not started by the first caller: they would inherit from a thread of the container.
        threads.prestartAllCoreThreads();
    }

    /**
     * Reads on one of the threads, and waits for it. An interrupt does not end the wait.
     *
     * @throws LogUnavailableException if reading takes too long, or fails
     */
    <T> T read(Supplier<T> reading) {
        if (hangsFor().compareTo(LIMIT) > 0) {
            throw new LogUnavailableException("the disk does not answer");
        }
        var read = new Read<>(reading);
        try {
            threads.execute(read);
            return wait.await(read.answer, false);
        } catch (RejectedExecutionException closed) {
            throw new LogUnavailableException("the log is closed", closed);
        } catch (TimeoutException late) {
            threads.remove(read);
            throw new LogUnavailableException("the disk does not answer", late);
        } catch (CompletionException failed) {
            throw new LogUnavailableException("the log's file cannot be read", failed);
        }
    }

    /** For how long all threads have been at the same reading, at least; zero while one of them is free. */
    Duration hangsFor() {
        long now = System.nanoTime();
        int busy = 0;
        long shortest = Long.MAX_VALUE;
        for (Read<?> read : running) {
            busy++;
            shortest = Math.min(shortest, now - read.since);
        }
        return busy < count ? Duration.ZERO : Duration.ofNanos(Math.max(0, shortest));
    }

    /** Refuses further readings. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /** Waits, after {@link #close}, until the threads have ended: for ever if the disk hangs for ever. */
    void join() throws InterruptedException {
        while (!threads.awaitTermination(1, TimeUnit.HOURS)) {
            // The disk still hangs.
        }
    }

    /** One reading, and when it began. */
    private final class Read<T> implements Runnable {

        private final Supplier<T> reading;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private volatile long since;

        Read(Supplier<T> reading) {
            this.reading = reading;
        }

        @Override
        public void run() {
            since = System.nanoTime();
            running.add(this);
            try {
                answer.complete(reading.get());
            } catch (Throwable failure) {
                answer.completeExceptionally(failure);
            } finally {
                running.remove(this);
            }
        }
    }
}
