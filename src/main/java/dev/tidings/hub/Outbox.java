package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events waiting for one subscriber, oldest first, never more than its bounds.
 *
 * <p>The outbox is why a slow reader delays no other stream. Delivery puts an event here and goes on. The stream takes it out
 * at the pace of its own socket. A full outbox refuses the event, and its subscriber reads on from history, as far as history
 * reaches back. One event always fits, however large. An empty outbox has no array, because most streams are idle most of the
 * time.
 *
 * <p><b>Threads.</b> None by itself: its {@link Progress} guards it.
 */
final class Outbox {

    private static final int FIRST_CAPACITY = 4;

    private final int maxEvents;
    private final long maxBytes;
    private @Nullable Event @Nullable [] ring;
    private int head;
    private int count;
    private long bytes;

    /**
     * @param maxEvents the most events held, at least 1
     * @param maxBytes the most bytes held, by {@link Event#size}
     */
    Outbox(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** Takes the event in. Returns false if there is no room for it. */
    boolean offer(Event event) {
        if (count == maxEvents || (count > 0 && bytes + event.size() > maxBytes)) {
            return false;
        }
        @Nullable Event[] room = withRoom();
        room[(head + count) % room.length] = event;
        count++;
        bytes += event.size();
        return true;
    }

    /**
     * Moves the oldest events to the end of a list, as many as fit the bounds, and at least one unless the outbox is empty.
     */
    void drainTo(List<Event> target, int maxEvents, long maxBytes) {
        long taken = 0;
        for (int i = 0; i < maxEvents && count > 0; i++) {
            Event event = requireNonNull(requireNonNull(ring)[head]);
            taken += event.size();
            if (i > 0 && taken > maxBytes) {
                return;
            }
            remove(event);
            target.add(event);
        }
    }

    /** Drops events up to a sequence number. Passing events stay, because history never has them. */
    void forget(long sequence) {
        var all = new ArrayList<Event>(count);
        drainTo(all, count, Long.MAX_VALUE);
        all.stream()
                .filter(event -> event.passing() || event.sequence() > sequence)
                .forEach(this::offer);
    }

    /** How many events are in it before the one with this sequence number, which may be still to come. */
    int countBefore(long sequence) {
        int before = 0;
        while (before < count
                && requireNonNull(requireNonNull(ring)[(head + before) % requireNonNull(ring).length])
                                .sequence()
                        < sequence) {
            before++;
        }
        return before;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    void clear() {
        ring = null;
        head = 0;
        count = 0;
        bytes = 0;
    }

    private void remove(Event oldest) {
        @Nullable Event[] events = requireNonNull(ring);
        events[head] = null;
        head = (head + 1) % events.length;
        count--;
        bytes -= oldest.size();
        if (count == 0) {
            clear();
        }
    }

    private @Nullable Event[] withRoom() {
        if (ring == null) {
            ring = new Event[Math.min(FIRST_CAPACITY, maxEvents)];
        } else if (count == ring.length) {
            var larger = Arrays.copyOfRange(ring, head, head + Math.min(2 * count, maxEvents));
            System.arraycopy(ring, 0, larger, ring.length - head, head);
            ring = larger;
            head = 0;
        }
        return ring;
    }
}
