package dev.tidings.hub;

import dev.tidings.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The topics that were published to lately, for operators: those with the newest stored events.
 *
 * <p>An event costs nothing for it on its way. What is stored is read from the log when somebody asks, and the next time only what
 * has come since. The log is the hub's, so what is counted is that of all nodes. Events that are not stored do not count. When
 * events were erased, or the log begins anew, it forgets everything and reads again.
 *
 * <p>Memory is bounded, as {@link TopicCounts} says. If reading takes long, the answer is what was read so far, and says so.
 *
 * <p><b>Threads.</b> Any that holds no lock of the hub; one at a time, the others wait for a few seconds at most. The log may be
 * waited for.
 */
public final class ActiveTopics {

    /** How long reading may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int PAGE_EVENTS = 1_000;
    private static final long PAGE_BYTES = 1L << 20;

    /** How long others may wait for one that reads. */
    private static final Duration TURN = Duration.ofSeconds(3);

    private final ReentrantLock turn = new ReentrantLock();
    private final EventLog log;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private TopicCounts counts = new TopicCounts();
    private @Nullable Positions positions;
    private long erasures;
    private long read;

    /**
     * What is going on.
     *
     * @param topics the newest first
     * @param unread how many of the stored events, the newest, are not counted yet
     */
    public record Activity(List<TopicActivity> topics, long unread) {}

    ActiveTopics(EventLog log, Clock clock, LongSupplier nanoTime) {
        this.log = log;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * What is going on now.
     *
     * @throws LogUnavailableException if the log cannot be read now, or others that count take long
     */
    public Activity now() {
        takeTurn();
        try {
            long unread = catchUp();
            long start = log.start().sequence();
            counts.forgetUpTo(start);
            return new Activity(counts.list(clock.instant(), start > 0), unread);
        } finally {
            turn.unlock();
        }
    }

    private void takeTurn() {
        boolean isMine = false;
        try {
            isMine = turn.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!isMine) {
            throw new LogUnavailableException("others count the topics, and the log is slow");
        }
    }

    /** Reads up to the log's end. Returns how much is left. */
    private long catchUp() {
        long began = nanoTime.getAsLong();
        beginAnewIfChanged();
        long end = log.end().sequence();
        while (read < end && nanoTime.getAsLong() - began < PATIENCE.toNanos()) {
            List<Event> page = log.readAfter(read, PAGE_EVENTS, PAGE_BYTES);
            if (page == null) {
                // History has moved on.
                read = Math.max(read, log.start().sequence());
            } else if (page.isEmpty()) {
                return 0;
            } else {
                page.stream().filter(event -> !event.isErased()).forEach(counts::add);
                read = page.get(page.size() - 1).sequence();
            }
        }
        return Math.max(0, end - read);
    }

    private void beginAnewIfChanged() {
        Positions those = log.positions();
        long erasedBefore = log.erasures();
        if (positions != those || erasures != erasedBefore) {
            positions = those;
            erasures = erasedBefore;
            counts = new TopicCounts();
            read = log.start().sequence();
        }
    }
}
