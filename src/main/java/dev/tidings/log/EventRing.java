package dev.tidings.log;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a log in memory, in a ring.
 *
 * <p><b>Threads.</b> None by itself: its log guards it.
 */
public final class EventRing implements HistoryEntries {

    private static final int FIRST_CAPACITY = 64;

    private @Nullable Event[] ring = new Event[FIRST_CAPACITY];

    @Override
    public int capacity() {
        return ring.length;
    }

    @Override
    public void grow(int capacity, long start, long end) {
        @Nullable Event[] larger = Arrays.copyOf(new Event[0], capacity);
        for (long sequence = start + 1; sequence <= end; sequence++) {
            larger[(int) (sequence % capacity)] = ring[slot(sequence)];
        }
        ring = larger;
    }

    @Override
    public void put(Event event) {
        ring[slot(event.sequence())] = event;
    }

    @Override
    public void forget(long sequence) {
        ring[slot(sequence)] = null;
    }

    /**
     * The events after a sequence number, oldest first; of the first it returns more bytes than allowed rather than nothing.
     *
     * @param end the sequence number of the newest
     */
    public List<Event> after(long sequence, long end, int maxEvents, long maxBytes) {
        var page = new ArrayList<Event>();
        long taken = 0;
        for (long next = sequence + 1; next <= end && page.size() < maxEvents; next++) {
            Event event = at(next);
            taken += event.size();
            if (!page.isEmpty() && taken > maxBytes) {
                break;
            }
            page.add(event);
        }
        return page;
    }

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

    private Event at(long sequence) {
        return requireNonNull(ring[slot(sequence)]);
    }

    private int slot(long sequence) {
        return (int) (sequence % ring.length);
    }
}
