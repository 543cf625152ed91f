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

    private final int capacity;
    private final Held held;
    private final PublisherIds ids = new PublisherIds();
    private @Nullable Event[] ring = new Event[FIRST_CAPACITY];
    private long forgotten;

    History(Retention retention) {
        // One more than is held: the newest is put in before the oldest is taken out.
        this.capacity = retention.events() + 1;
        this.held = new Held(retention);
    }

    /** Which places it holds. */
    Held held() {
        return held;
    }

    /** Adds the event of the place after the end. */
    void add(Event event) {
        if (event.place() - forgotten > ring.length) {
            grow();
        }
        ring[slot(event.place())] = event;
        ids.add(event);
        held.add(event);
        dropForgotten();
    }

    /** Forgets what is older than the age allowed. */
    void forgetOlderThanAllowed(Instant now) {
        held.forgetOlderThanAllowed(now);
        dropForgotten();
    }

    /** The events after a place that is held. */
    List<Event> after(long place, int maxEvents, long maxBytes) {
        var page = new ArrayList<Event>();
        long taken = 0;
        for (long next = place + 1; next <= held.end() && page.size() < maxEvents; next++) {
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
        return ids.find(id, held.start());
    }

    private void dropForgotten() {
        while (forgotten < held.start()) {
            forgotten++;
            ids.remove(at(forgotten));
            ring[slot(forgotten)] = null;
        }
    }

    private Event at(long place) {
        return requireNonNull(ring[slot(place)]);
    }

    private int slot(long place) {
        return (int) (place % ring.length);
    }

    private void grow() {
        @Nullable Event[] old = ring;
        ring = Arrays.copyOf(new Event[0], (int) Math.min(2L * old.length, capacity));
        for (long place = forgotten + 1; place <= held.end(); place++) {
            ring[slot(place)] = old[(int) (place % old.length)];
        }
    }
}
