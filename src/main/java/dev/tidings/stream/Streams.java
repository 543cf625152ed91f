package dev.tidings.stream;

import dev.tidings.hub.FailureLog;
import dev.tidings.hub.WorkerThread;
import dev.tidings.logging.Logs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * All open streams of this node: the threads that write to them, and the one timer that checks them.
 *
 * <p>Streams that read history have a writer to themselves, so that any number of reconnecting clients
 * does not delay those that are live.
 *
 * <p><b>Threads.</b> Any thread may call any method; only {@link #close} waits.
 */
public final class Streams implements OpenStream.Service, AutoCloseable {

    /**
     * The longest time between two checks: short enough to end a stream within a second of its token's expiry or revocation, and
     * that four of them are within a second.
     */
    private static final Duration LONGEST_TICK = Duration.ofMillis(240);

    /** The shortest time between two checks, whatever the heartbeat. */
    private static final Duration SHORTEST_TICK = Duration.ofMillis(10);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private static final System.Logger LOG = Logs.of(Streams.class);

    private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
    private final List<StreamWriter> live;
    private final StreamWriter replay = new StreamWriter("tidings-replay");
    private final WorkerThread timer;
    private final long tickNanos;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /** The time of the timer's last check, by {@link System#nanoTime}. */
    private volatile long ticked = System.nanoTime();

    /**
     * Starts the threads. If one of them cannot be started, those that were are stopped.
     *
     * @param writers how many threads write to live streams. One for each processor has the lowest latencies at a quiet
     *     pace; with half as many, bursts cost a little less
     * @param heartbeat how long streams may be idle, so that the timer looks often enough
     * @param clock the time of day, by which tokens end
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}, by which streams are idle
     */
    public Streams(int writers, Duration heartbeat, Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.tickNanos = period(heartbeat).toNanos();
        this.live = IntStream.rangeClosed(1, writers)
                .mapToObj(i -> new StreamWriter("tidings-writer-" + i))
                .toList();
        this.timer = new WorkerThread("tidings-timer", WorkerThread.LONGEST_STEP, this::tick);
        try {
            writers().forEach(WorkerThread::start);
            timer.start();
        } catch (Throwable failure) {
            close();
            throw failure;
        }
    }

    /** Often enough that a heartbeat is late by no more than a part of itself. */
    static Duration period(Duration heartbeat) {
        Duration wanted = heartbeat.dividedBy(4);
        if (wanted.compareTo(SHORTEST_TICK) < 0) {
            return SHORTEST_TICK;
        }
        return wanted.compareTo(LONGEST_TICK) < 0 ? wanted : LONGEST_TICK;
    }

    /** The time by which streams are idle, as {@link System#nanoTime}. */
    public long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** The threads that write. */
    public List<WorkerThread> writers() {
        var threads = new ArrayList<WorkerThread>();
        live.forEach(writer -> threads.add(writer.thread()));
        threads.add(replay.thread());
        return threads;
    }

    /** The thread of the timer. */
    public WorkerThread timer() {
        return timer;
    }

    /** How long ago the timer has last checked. */
    public Duration sinceTick() {
        return Duration.ofNanos(Math.max(0, System.nanoTime() - ticked));
    }

    /** How long the oldest stream has waited for a writer at least. Those that read history wait for each other. */
    public Duration oldestWait() {
        Duration oldest = Duration.ZERO;
        for (StreamWriter writer : live) {
            Duration wait = writer.oldestWait();
            oldest = wait.compareTo(oldest) > 0 ? wait : oldest;
        }
        return oldest;
    }

    /** Adds it to the streams that the timer checks, until it has ended. */
    @Override
    public void add(OpenStream stream) {
        open.add(stream);
    }

    /** Queues it at its writer. A stream makes sure itself that it is queued only once. */
    @Override
    public void enqueue(OpenStream stream) {
        StreamWriter writer =
                stream.replaying() ? replay : live.get(Math.floorMod(System.identityHashCode(stream), live.size()));
        writer.enqueue(stream);
    }

    /** Stops the threads, when they have done what was waiting. Streams still open are left to the container. */
    @Override
    public void close() {
        timer.close(STOP_LIMIT);
        live.forEach(StreamWriter::close);
        replay.close();
    }

    private long tick() {
        if (timer.isClosed()) {
            return WorkerThread.IDLE;
        }
        ticked = System.nanoTime();
        Instant now = clock.instant();
        long nanos = nanoTime.getAsLong();
        for (Iterator<OpenStream> each = open.iterator(); each.hasNext(); ) {
            if (!goesOn(each.next(), now, nanos)) {
                each.remove();
            }
        }
        // The timer rests for a part of each tick, however long it takes to look at all.
        return Math.max(tickNanos / 4, tickNanos - (System.nanoTime() - ticked));
    }

    private static boolean goesOn(OpenStream stream, Instant now, long nanos) {
        try {
            return stream.tick(now, nanos);
        } catch (Throwable failure) {
            FailureLog.error(LOG, "the timer failed at a stream", failure);
            return true;
        }
    }
}
