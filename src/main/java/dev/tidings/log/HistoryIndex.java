package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.hub.Stored;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a log are stored, and where the ids that publishers gave are among them.
 *
 * <p>{@link #prepare} alone may fail for lack of memory, and then changes nothing that others see. Adding what was prepared
 * cannot fail. So the entries, the window and the index of ids always agree, also with a file that was written between the
 * two.
 *
 * <p><b>Threads.</b> None by itself: its {@link LocalHistory} guards it.
 */
public final class HistoryIndex {

    private final HistoryEntries entries;
    private final RetentionWindow window;
    private final PublisherIds ids = new PublisherIds();
    private final int maxCapacity;

    /** Up to here the entries have forgotten. */
    private long forgotten;

    private boolean begun;

    /** The index of a history without events. */
    public HistoryIndex(Retention retention, HistoryEntries entries) {
        this.entries = entries;
        this.window = new RetentionWindow(retention, entries);
        // One more than is stored: the newest is put in before the oldest is taken out.
        this.maxCapacity = retention.events() + 1;
    }

    /** The sequence number before the oldest event stored. */
    public long start() {
        return window.start();
    }

    /** The sequence number before which events may soon be forgotten. */
    long soonEvicted() {
        return window.soonEvicted();
    }

    /** The sequence number of the newest event. */
    public long end() {
        return window.end();
    }

    /** When a stored event was accepted, in milliseconds. */
    long time(long sequence) {
        return entries.time(sequence);
    }

    /** How much is stored. */
    Stored stored() {
        return window.stored();
    }

    /** Whether a reader can go on after this sequence number. */
    boolean reaches(long sequence) {
        return window.reaches(sequence);
    }

    /** Makes room for events that are to be added next. */
    public void prepare(List<Event> events) {
        long wanted = Math.min(window.end() - window.start() + events.size(), maxCapacity);
        if (wanted > entries.capacity()) {
            long doubled = Math.min(2L * entries.capacity(), maxCapacity);
            entries.grow((int) Math.max(wanted, doubled), window.start(), window.end());
        }
        ids.prepare(events);
    }

    /** Adds the event after the newest, for which there is room. The first may have any sequence number. */
    public void add(Event event) {
        if (!begun) {
            forgotten = event.sequence() - 1;
            window.beginAfter(forgotten);
            begun = true;
        }
        entries.put(event);
        ids.add(event);
        window.add();
        dropForgotten();
    }

    /**
     * Puts what is left of erased events in their places, and forgets the ids that their publishers gave. Takes no memory.
     *
     * @return how many of the events were still stored
     */
    public int erase(List<Event> remains) {
        int erased = 0;
        for (Event left : remains) {
            if (left.sequence() > window.start() && left.sequence() <= window.end()) {
                window.replace(left);
                ids.erase(left.sequence());
                erased++;
            }
        }
        ids.relink();
        return erased;
    }

    /** Forgets what is older than the age allowed. */
    public void forgetOlderThanAllowed(Instant now) {
        window.forgetOlderThanAllowed(now);
        dropForgotten();
    }

    /** The sequence number of the first event stored that has this id from its publisher, or null. */
    public @Nullable Long find(String id) {
        return ids.find(id);
    }

    private void dropForgotten() {
        while (forgotten < window.start()) {
            forgotten++;
            entries.forget(forgotten);
        }
        ids.forgetUpTo(forgotten);
    }
}
