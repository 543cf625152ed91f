package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.List;

/**
 * Cuts what a log delivers into batches: events that follow each other and are for the same subscribers, either public ones
 * with the same topics or a private one alone. No batch goes on after a passing event with one that is kept. A batch is
 * offered in one go, so that delivery comes to each subscriber once for all of it, which in bursts is most of what delivery
 * costs.
 *
 * <p>A batch fills half an outbox at most, and one write: a stream that is woken by it can write while the next one comes.
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

    /** Where the batch ends that begins here: the index after its last event. */
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

    /** Whether no event is missing between this sequence number and the event that comes next. */
    static boolean follow(long sequence, Event next) {
        return next.sequence() <= (next.passing() ? sequence : sequence + 1);
    }

    private static boolean goesWith(Event first, Event last, Event next) {
        return !first.isPrivate()
                && !next.isPrivate()
                // Who joins again behind the batch would take a passing event before its end for one from before.
                && (next.passing() || !last.passing())
                && first.topics().equals(next.topics());
    }
}
