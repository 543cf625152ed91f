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
 * <p>What can fail, for want of memory, is {@link #prepare}, which changes nothing that anybody sees; adding what was
 * prepared cannot. So the ring, what it holds and the index of ids always agree.
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
        this.held = new Held(retention, new Figures());
    }

    /** Which sequence numbers it holds. */
    Held held() {
        return held;
    }

    /** Makes room for events that are to be added next. */
    void prepare(List<Event> events) {
        long wanted = Math.min(held.end() - forgotten + events.size(), capacity);
        if (wanted > ring.length) {
            grow((int) wanted);
        }
        ids.prepare(events);
    }

    /** Adds the event of the sequence number after the end, for which there is room. */
    void add(Event event) {
        ring[slot(event.sequence())] = event;
        ids.add(event);
        held.add();
        dropForgotten();
    }

    /** Forgets what is older than the age allowed. */
    void forgetOlderThanAllowed(Instant now) {
        held.forgetOlderThanAllowed(now);
        dropForgotten();
    }

    /** The events after a sequence number that is held. */
    List<Event> after(long sequence, int maxEvents, long maxBytes) {
        var page = new ArrayList<Event>();
        long taken = 0;
        for (long next = sequence + 1; next <= held.end() && page.size() < maxEvents; next++) {
            Event event = at(next);
            taken += event.size();
            if (!page.isEmpty() && taken > maxBytes) {
                break;
            }
            page.add(event);
        }
        return page;
    }

    /** The sequence number of the first event held that has this id from its publisher, or null. */
    @Nullable
    Long find(String id) {
        return ids.find(id);
    }

    private void dropForgotten() {
        while (forgotten < held.start()) {
            forgotten++;
            ring[slot(forgotten)] = null;
        }
        ids.forgetUpTo(forgotten);
    }

    private Event at(long sequence) {
        return requireNonNull(ring[slot(sequence)]);
    }

    private int slot(long sequence) {
        return (int) (sequence % ring.length);
    }

    private void grow(int wanted) {
        long doubled = Math.min(2L * ring.length, capacity);
        @Nullable Event[] larger = Arrays.copyOf(new Event[0], (int) Math.max(wanted, doubled));
        for (long sequence = forgotten + 1; sequence <= held.end(); sequence++) {
            larger[(int) (sequence % larger.length)] = ring[slot(sequence)];
        }
        ring = larger;
    }

    /** Read from the events themselves. */
    private final class Figures implements Held.Figures {

        @Override
        public int bytes(long sequence) {
            return at(sequence).textSize();
        }

        @Override
        public int memory(long sequence) {
            return at(sequence).size();
        }

        @Override
        public long time(long sequence) {
            return at(sequence).time().toEpochMilli();
        }
    }
}
