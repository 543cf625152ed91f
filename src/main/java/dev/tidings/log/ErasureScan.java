package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.EventLog;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks through a log for the events that are to be erased.
 *
 * <p><b>Threads.</b> Any. It reads page by page, as a stream that replays does.
 */
public final class ErasureScan {

    private static final int PAGE_EVENTS = 1_024;
    private static final long PAGE_BYTES = 1L << 20;

    private ErasureScan() {}

    /** What will be left of the stored events that an erasure covers, in their order. Events that come meanwhile are not looked at. */
    public static List<Event> remains(EventLog log, Erasure erasure) {
        long end = log.end().sequence();
        long read = log.start().sequence();
        String id = erasure.id();
        if (id != null) {
            Position known = log.find(id);
            if (known == null) {
                return List.of();
            }
            read = Math.max(read, known.sequence() - 1);
            // A position is that of one event. Publishers may have given an id to several.
            end = known.toString().equals(id) ? known.sequence() : end;
        }
        var remains = new ArrayList<Event>();
        while (read < end) {
            List<Event> page = log.readAfter(read, PAGE_EVENTS, PAGE_BYTES);
            if (page == null) {
                read = Math.max(read + 1, log.start().sequence());
            } else if (page.isEmpty()) {
                break;
            } else {
                for (Event event : page) {
                    if (event.sequence() <= end && erasure.covers(event)) {
                        remains.add(event.erased());
                    }
                }
                read = page.get(page.size() - 1).sequence();
            }
        }
        return remains;
    }
}
