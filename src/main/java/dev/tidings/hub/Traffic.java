package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has gone through this node since it began, in numbers.
 *
 * <p><b>Threads.</b> Any. Counting takes no lock and allocates nothing.
 */
public final class Traffic {

    private final LongAdder published = new LongAdder();
    private final LongAdder publishedBytes = new LongAdder();
    private final LongAdder logErrors = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder deliveredBytes = new LongAdder();
    private final LongAdder replayed = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder fallbacks = new LongAdder();
    private final Latencies publishing = new Latencies();
    private final Latencies delivery = new Latencies();

    Traffic() {}

    /** How many events the log has accepted from this node. */
    public long published() {
        return published.sum();
    }

    /** The bytes of their text. */
    public long publishedBytes() {
        return publishedBytes.sum();
    }

    /** How often the log could not accept what was published. */
    public long logErrors() {
        return logErrors.sum();
    }

    /** How many events streams were given to write: one that goes to ten counts ten times. */
    public long delivered() {
        return delivered.sum();
    }

    /** The bytes of their text. */
    public long deliveredBytes() {
        return deliveredBytes.sum();
    }

    /** How many of them were read from history. */
    public long replayed() {
        return replayed.sum();
    }

    /** How often a stream was told of a gap. */
    public long gaps() {
        return gaps.sum();
    }

    /** How often a stream that was too slow fell back to reading from history. */
    public long fallbacks() {
        return fallbacks.sum();
    }

    /** How long the log took to accept what was published. */
    public Latencies publishing() {
        return publishing;
    }

    /**
     * How long after it was accepted an event was given to a stream to write. Of events that are written together the oldest counts,
     * and what is read from history does not. The clock of the log counts, which on many nodes is that of Redis.
     */
    public Latencies delivery() {
        return delivery;
    }

    void published(List<PublishRequest> events, long nanos) {
        long bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            bytes += events.get(i).size();
        }
        published.add(events.size());
        publishedBytes.add(bytes);
        publishing.record(nanos);
    }

    void logFailed() {
        logErrors.increment();
    }

    void delivered(List<Event> events) {
        if (!events.isEmpty()) {
            delivered.add(events.size());
            deliveredBytes.add(bytes(events));
        }
    }

    void live(Event oldest) {
        long millis = System.currentTimeMillis() - oldest.time().toEpochMilli();
        delivery.record(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    void replayed(int events) {
        replayed.add(events);
    }

    void gap() {
        gaps.increment();
    }

    void fellBack() {
        fallbacks.increment();
    }

    private static long bytes(List<Event> events) {
        long bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            bytes += events.get(i).textSize();
        }
        return bytes;
    }
}
