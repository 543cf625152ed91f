package dev.tidings.log;

import dev.tidings.event.Event;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log whose events are in a file knows of its history without reading: which sequence numbers are held, and where
 * publishers' ids are.
 *
 * <p>What can fail, for want of memory, is {@link #prepare}, which changes nothing that anybody sees; adding what was
 * prepared cannot. So what was written to the file is always known here, too.
 *
 * <p><b>Threads.</b> None by itself: its log guards it.
 */
final class HistoryIndex {

    private static final int FIRST_CAPACITY = 64;

    private final int capacity;
    private final Held held;
    private final PublisherIds ids = new PublisherIds();

    /** The size and the time of each event held, 12 bytes of memory an event. */
    private int[] sizes = new int[FIRST_CAPACITY];

    private long[] times = new long[FIRST_CAPACITY];
    private boolean begun;

    HistoryIndex(Retention retention) {
        // One more than is held: the newest is put in before the oldest is taken out.
        this.capacity = retention.events() + 1;
        this.held = new Held(retention, new Figures());
    }

    /** The sequence number before the oldest event held. */
    long start() {
        return held.start();
    }

    /** The sequence number before which events may soon be forgotten. */
    long soonEvicted() {
        return held.soonEvicted();
    }

    /** The sequence number of the newest event. */
    long end() {
        return held.end();
    }

    /** Whether this sequence number can be gone on from. */
    boolean reaches(long sequence) {
        return held.reaches(sequence);
    }

    /** Makes room for events that are to be added next. */
    void prepare(List<Event> events) {
        long wanted = Math.min(held.end() - held.start() + events.size(), capacity);
        if (wanted > sizes.length) {
            grow((int) wanted);
        }
        ids.prepare(events);
    }

    /** Adds the event after the end, for which there is room; the first may have any sequence number. */
    void add(Event event) {
        if (!begun) {
            held.beginAfter(event.sequence() - 1);
            begun = true;
        }
        sizes[slot(event.sequence())] = event.textSize();
        times[slot(event.sequence())] = event.time().toEpochMilli();
        ids.add(event);
        held.add();
        ids.forgetUpTo(held.start());
    }

    /** Forgets what is older than the age allowed. */
    void forgetOlderThanAllowed(Instant now) {
        held.forgetOlderThanAllowed(now);
        ids.forgetUpTo(held.start());
    }

    /** The sequence number of the first event held that has this id from its publisher, or null. */
    @Nullable
    Long find(String id) {
        return ids.find(id);
    }

    private int slot(long sequence) {
        return (int) (sequence % sizes.length);
    }

    private void grow(int wanted) {
        int length = (int) Math.max(wanted, Math.min(2L * sizes.length, capacity));
        var moreSizes = new int[length];
        var moreTimes = new long[length];
        for (long sequence = held.start() + 1; sequence <= held.end(); sequence++) {
            int slot = (int) (sequence % length);
            moreSizes[slot] = sizes[slot(sequence)];
            moreTimes[slot] = times[slot(sequence)];
        }
        sizes = moreSizes;
        times = moreTimes;
    }

    /** Of events that are in the file. */
    private final class Figures implements Held.Figures {

        @Override
        public int bytes(long sequence) {
            return sizes[slot(sequence)];
        }

        @Override
        public int memory(long sequence) {
            return 0;
        }

        @Override
        public long time(long sequence) {
            return times[slot(sequence)];
        }
    }
}
