package dev.tidings.ops;

import dev.tidings.hub.Client;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Peer;
import dev.tidings.hub.SubscriberListener;
import dev.tidings.hub.WorkerThread;
import dev.tidings.logging.LogLine;
import dev.tidings.logging.Logs;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a line into the container's log for each stream of this node that is opened, and one when it has ended.
 *
 * <p>A container's log may be slow, or hang. So lines wait for a thread of their own, {@value #MOST_WAITING} at most. What
 * does not fit is left out, and one line says how many were.
 *
 * <p>An operator switches these lines off, and no others, by the level of the logger {@value #NAME}.
 *
 * <p><b>Threads.</b> As {@link SubscriberListener} says. Closing writes what waits, for a few seconds at most.
 */
public final class StreamLog implements SubscriberListener, AutoCloseable {

    /** The name of the logger. */
    public static final String NAME = "dev.tidings.streams";

    /** How many lines may wait. */
    static final int MOST_WAITING = 10_000;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    /** After so many lines the thread begins another step. */
    private static final int LINES_PER_STEP = 64;

    private final System.Logger logger;
    private final Clock clock;
    private final BlockingQueue<LogLine> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong leftOut = new AtomicLong();

    /** It may take any time over a step, since a log may. */
    private final WorkerThread thread = new WorkerThread("tidings-stream-log", null, this::write);

    /** Starts the thread. */
    public StreamLog(Clock clock) {
        this(Logs.of(NAME), clock);
    }

    StreamLog(System.Logger logger, Clock clock) {
        this.logger = logger;
        this.clock = clock;
        thread.start();
    }

    /** The thread that writes. */
    public WorkerThread thread() {
        return thread;
    }

    @Override
    public void connected(Client client) {
        if (logger.isLoggable(Level.INFO)) {
            offer(line("stream opened", client).add("userAgent", client.peer().userAgent()));
        }
    }

    @Override
    public void disconnected(Client client, DisconnectReason reason) {
        if (!logger.isLoggable(Level.INFO)) {
            return;
        }
        long millis = Math.max(
                0, Duration.between(client.connectedAt(), clock.instant()).toMillis());
        offer(line("stream ended", client)
                .add("reason", reason.toString())
                .add("seconds", BigDecimal.valueOf(millis, 3))
                .add("delivered", client.delivered()));
    }

    /** Ends the thread when all lines are written, or gives them up when the log takes too long. */
    @Override
    public void close() {
        if (!thread.close(STOP_LIMIT)) {
            waiting.clear();
        }
    }

    private static LogLine line(String what, Client client) {
        Peer peer = client.peer();
        return LogLine.of(what)
                .add("client", client.id())
                .add("user", peer.user())
                .add("address", peer.address())
                .add("transport", peer.transport())
                .addList("topics", "topicCount", client.topics().selectors());
    }

    /** Called inside the hub's lock: what costs time is done by the thread. */
    private void offer(LogLine line) {
        if (!waiting.offer(line)) {
            leftOut.incrementAndGet();
        }
        thread.wake();
    }

    private long write() {
        for (int written = 0; written < LINES_PER_STEP; written++) {
            LogLine next = waiting.poll();
            if (next == null) {
                return sayWhatWasLeftOut() ? 0 : WorkerThread.IDLE;
            }
            logger.log(Level.INFO, next);
        }
        sayWhatWasLeftOut();
        return 0;
    }

    private boolean sayWhatWasLeftOut() {
        long count = leftOut.getAndSet(0);
        if (count > 0) {
            logger.log(
                    Level.WARNING,
                    LogLine.of("lines about streams were left out, since the log was too slow")
                            .add("count", count));
        }
        return count > 0;
    }
}
