package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.List;

/**
 * Cuts what a log delivers into batches of events for the same subscribers: public events with the same topics, or one private
 * event alone. In a batch no stored event comes after a passing one.
 *
 * <p>A batch is offered in one go, so that delivery comes to each subscriber once for all of it. In bursts that saves most of
 * what delivery costs. A batch fills at most half an outbox, and one write. So a stream that it wakes can write while the next
 * batch comes.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class Batching {

    /** About what one write of a stream carries. */
    private static final long MAX_BYTES = 64 * 1024;

    private final int maxEvents;
    private final long maxBytes;

    /**
     * @param outboxEvents the most events that wait for one subscriber
     * @param outboxBytes the most bytes that wait for one subscriber, by {@link Event#size}
     */
    Batching(int outboxEvents, long outboxBytes) {
        this.maxEvents = Math.max(1, Math.min(Staleness.STEP, outboxEvents / 2));
        this.maxBytes = Math.min(MAX_BYTES, outboxBytes / 2);
    }

    /** The index after the last event of the batch that begins at this index. */
    int endOf(List<Event> events, int from) {
        Event first = events.get(from);
        long bytes = first.size();
        int to = from + 1;
        while (to < events.size()
                && to - from < maxEvents
                && goesWith(first, events.get(to - 1), events.get(to))
                && follow(events.get(to - 1).sequence(), events.get(to))) {
            bytes += events.get(to).size();
            if (bytes > maxBytes) {
                break;
            }
            to++;
        }
        return to;
    }

    /** Whether no event is missing between a sequence number and the next event. */
    static boolean follow(long sequence, Event next) {
        return next.sequence() <= (next.passing() ? sequence : sequence + 1);
    }

    private static boolean goesWith(Event first, Event last, Event next) {
        return !first.isPrivate()
                && !next.isPrivate()
                // A stream that joins behind the batch takes a passing event before the batch's end for an older one.
                && (next.passing() || !last.passing())
                && first.topics().equals(next.topics());
    }
}
