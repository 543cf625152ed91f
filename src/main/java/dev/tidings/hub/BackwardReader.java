package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.List;

/**
 * Reads history backwards, a page at a time.
 *
 * <p>A page has at most {@value #MAX_EVENTS} events, and {@value #MAX_BYTES} bytes unless one event has more. Where events are
 * large, its pages become smaller.
 *
 * <p><b>Threads.</b> One.
 */
final class BackwardReader {

    static final int MAX_EVENTS = 1_024;

    static final long MAX_BYTES = 4L << 20;

    private final EventLog log;

    /** The sequence number of the newest event that was not read. */
    private long newest;

    private int size = MAX_EVENTS;
    private boolean atStart;

    /** @param end the sequence number of the first event that is read */
    BackwardReader(EventLog log, long end) {
        this.log = log;
        this.newest = end;
    }

    /** Whether there may be events before those that were read. */
    boolean hasMore() {
        return !atStart;
    }

    /**
     * The events before those that were read, oldest first.
     *
     * @throws LogUnavailableException if the log cannot be read now
     */
    List<Event> previous() {
        while (!atStart) {
            long start = log.start().sequence();
            long from = Math.max(start, newest - size);
            List<Event> page = from < newest ? log.readAfter(from, (int) (newest - from), MAX_BYTES) : List.of();
            if (page == null) {
                // History has moved on meanwhile.
                continue;
            }
            if (page.isEmpty()) {
                atStart = true;
                return page;
            }
            if (page.get(page.size() - 1).sequence() < newest) {
                // What is nearest is missing.
                size = Math.max(1, page.size() / 2);
                continue;
            }
            newest = from;
            atStart = from == start;
            size = Math.min(MAX_EVENTS, size * 2);
            return page;
        }
        return List.of();
    }
}
