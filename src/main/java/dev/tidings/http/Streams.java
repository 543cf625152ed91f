package dev.tidings.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * All open streams of this node: the threads that write to them, and the one timer that looks after
 * the idle.
 *
 * <p>Streams that read history have a writer to themselves, so that any number of reconnecting clients
 * does not delay those that are live.
 *
 * <p><b>Threads.</b> Any thread may call any method; only {@link #close} waits.
 */
public final class Streams implements AutoCloseable {

    /** How often the timer looks: often enough to end a stream within a second of its token's expiry. */
    private static final Duration TICK = Duration.ofMillis(250);

    private static final System.Logger LOG = System.getLogger(Streams.class.getName());

    private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
    private final List<StreamWriter> live;
    private final StreamWriter replay = new StreamWriter("tidings-replay");
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> ticking;
    private final Clock clock;

    /**
     * Starts the threads.
     *
     * @param writers how many threads write to live streams; with one for each processor latencies are lowest at a quiet
     *     pace, with half as many bursts cost a little less
     */
    public Streams(int writers, Clock clock) {
        this.clock = clock;
        this.live = IntStream.rangeClosed(1, writers)
                .mapToObj(i -> new StreamWriter("tidings-writer-" + i))
                .toList();
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "tidings-timer");
            thread.setDaemon(true);
            return thread;
        });
        this.ticking = timer.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has the timer look after it. */
    public void add(OpenStream stream) {
        open.add(stream);
    }

    /** The timer is not to look after it any more. */
    public void remove(OpenStream stream) {
        open.remove(stream);
    }

    /** Has it written to when its turn comes. A stream sees to it itself that it waits only once. */
    public void enqueue(OpenStream stream) {
        StreamWriter writer =
                stream.replaying() ? replay : live.get(Math.floorMod(System.identityHashCode(stream), live.size()));
        writer.enqueue(stream);
    }

    /** Stops the threads, when they have done what was waiting. Streams still open are left to the container. */
    @Override
    public void close() {
        ticking.cancel(false);
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the timer does not stop");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        live.forEach(StreamWriter::close);
        replay.close();
    }

    private void tick() {
        Instant now = clock.instant();
        for (OpenStream stream : open) {
            try {
                stream.tick(now);
            } catch (Throwable failure) {
                LOG.log(System.Logger.Level.ERROR, "a stream could not be looked after", failure);
            }
        }
    }
}
