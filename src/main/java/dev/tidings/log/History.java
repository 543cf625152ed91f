package dev.tidings.log;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a log in memory, in a ring that grows up to its bounds and then forgets the
 * oldest.
 *
 * <p><b>Threads.</b> None by itself: its log guards it.
 */
final class History {

    private static final int FIRST_CAPACITY = 64;

    private final Retention retention;
    private final PublisherIds ids = new PublisherIds();
    private @Nullable Event[] ring = new Event[FIRST_CAPACITY];
    private long start;
    private long end;
    private long bytes;

    History(Retention retention) {
        this.retention = retention;
    }

    /** The place before the oldest event held. */
    long start() {
        return start;
    }

    /** The place of the newest event. */
    long end() {
        return end;
    }

    /** Adds the event of the place after {@link #end}. */
    void add(Event event) {
        if (end - start == ring.length && ring.length < retention.events()) {
            grow();
        }
        if (end - start == retention.events()) {
            forgetOldest();
        }
        end = event.place();
        ring[slot(end)] = event;
        bytes += event.size();
        ids.add(event);
        while (bytes > retention.bytes()) {
            forgetOldest();
        }
    }

    /** Forgets what is older than the age allowed. */
    void forgetOlderThanAllowed(Instant now) {
        Instant oldest = now.minus(retention.age());
        while (start < end && at(start + 1).time().isBefore(oldest)) {
            forgetOldest();
        }
    }

    /** The events after a place that is held. */
    List<Event> after(long place, int maxEvents, long maxBytes) {
        var page = new ArrayList<Event>();
        long taken = 0;
        for (long next = place + 1; next <= end && page.size() < maxEvents; next++) {
            Event event = at(next);
            taken += event.size();
            if (!page.isEmpty() && taken > maxBytes) {
                break;
            }
            page.add(event);
        }
        return page;
    }

    /** The place of the first event held that has this id from its publisher, or null. */
    @Nullable
    Long find(String id) {
        return ids.find(id);
    }

    private void forgetOldest() {
        start++;
        Event oldest = at(start);
        ring[slot(start)] = null;
        bytes -= oldest.size();
        ids.remove(oldest);
    }

    private Event at(long place) {
        return requireNonNull(ring[slot(place)]);
    }

    private int slot(long place) {
        return (int) (place % ring.length);
    }

    private void grow() {
        @Nullable Event[] old = ring;
        long capacity = Math.min(2L * old.length, retention.events());
        ring = Arrays.copyOf(new Event[0], (int) capacity);
        for (long place = start + 1; place <= end; place++) {
            ring[slot(place)] = old[(int) (place % old.length)];
        }
    }
}
