package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds many stored events by their ids. Those that stand next to each other, as what was published together does, are read at once.
 *
 * <p><b>Threads.</b> Any.
 */
final class EventFinder {

    private static final int PAGE_EVENTS = 1000;
    private static final long PAGE_BYTES = 8L << 20;

    /** So many events that are not looked for are read rather than a page more. */
    private static final int LARGEST_STEP = 100;

    private final EventLog log;

    EventFinder(EventLog log) {
        this.log = log;
    }

    /** Those that are found, by id. */
    Map<String, Event> find(List<String> ids) {
        List<Map.Entry<String, Position>> places =
                new ArrayList<>(log.findAll(ids).entrySet());
        places.sort(Comparator.comparingLong(place -> place.getValue().sequence()));
        var found = new HashMap<String, Event>();
        int next = 0;
        while (next < places.size()) {
            int end = endOfRun(places, next);
            Map<Long, Event> page = page(sequence(places, next), sequence(places, end - 1));
            long last = page.keySet().stream().mapToLong(Long::longValue).max().orElse(Long.MAX_VALUE);
            for (; next < end && sequence(places, next) <= last; next++) {
                Event event = page.get(sequence(places, next));
                if (event != null && !event.isErased()) {
                    found.put(places.get(next).getKey(), event);
                }
            }
        }
        return found;
    }

    private static int endOfRun(List<Map.Entry<String, Position>> places, int begin) {
        int end = begin + 1;
        while (end < places.size()
                && sequence(places, end) - sequence(places, end - 1) <= LARGEST_STEP
                && sequence(places, end) - sequence(places, begin) < PAGE_EVENTS) {
            end++;
        }
        return end;
    }

    private static long sequence(List<Map.Entry<String, Position>> places, int at) {
        return places.get(at).getValue().sequence();
    }

    /** The events from one place to another that are not gone meanwhile, or those of them that fit into a page. */
    private Map<Long, Event> page(long first, long to) {
        var page = new HashMap<Long, Event>();
        List<Event> events = null;
        long start = -1;
        // Some may go again before they are read.
        while (events == null && log.start().sequence() > start) {
            start = log.start().sequence();
            long from = Math.max(first, start + 1);
            events = from > to ? List.of() : log.readAfter(from - 1, Math.toIntExact(to - from + 1), PAGE_BYTES);
        }
        if (events != null) {
            events.forEach(event -> page.put(event.sequence(), event));
        }
        return page;
    }
}
