package dev.tidings.log;

import dev.tidings.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a log that is stored elsewhere. A stream that comes back after a cut mostly lacks only these. It reads
 * them here, and needs neither the disk nor the server for them.
 *
 * <p><b>Threads.</b> Any. The lock is held for a few field accesses an event, and while a page is copied.
 */
public final class RecentEvents {

    /** How many events of the history are here at most. */
    private static final int MOST_EVENTS = 10_000;

    /** How many bytes of text they have at most. */
    private static final long MOST_BYTES = 16L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Retention retention;
    private EventRing ring;
    private HistoryIndex index;

    /** @param history the bounds of the log. Those of count and size hold here at once, that of age when this is told to forget */
    public RecentEvents(Retention history) {
        this.retention = new Retention(
                Math.min(MOST_EVENTS, history.events()),
                history.age(),
                Math.min(MOST_BYTES, history.bytes()),
                history.skip());
        this.ring = new EventRing();
        this.index = new HistoryIndex(retention, ring);
    }

    /** What it takes in memory at most, in bytes. */
    public static long memory(int events, long bytes) {
        return Retention.memory(Math.min(MOST_EVENTS, events), Math.min(MOST_BYTES, bytes));
    }

    /** Adds the next events. Events that are not stored are left out. If events are missing before them, it forgets all others. */
    public void add(List<Event> events) {
        List<Event> stored = events.stream().filter(event -> !event.passing()).toList();
        if (stored.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (index.end() != stored.get(0).sequence() - 1) {
                forget();
            }
            index.prepare(stored);
            stored.forEach(index::add);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all. */
    public void clear() {
        lock.lock();
        try {
            forget();
        } finally {
            lock.unlock();
        }
    }

    /** Puts what is left of erased events in their places. Takes no memory. */
    public void erase(List<Event> remains) {
        lock.lock();
        try {
            index.erase(remains);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what is older than the bounds allow, which otherwise stays until so many newer ones have come. */
    public void forgetOlderThanAllowed(Instant now) {
        lock.lock();
        try {
            index.forgetOlderThanAllowed(now);
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        // Both or neither, for lack of memory.
        var empty = new EventRing();
        index = new HistoryIndex(retention, empty);
        ring = empty;
    }

    /** Whether all events from there on that were added are here. */
    public boolean reaches(long sequence) {
        lock.lock();
        try {
            return index.end() > 0 && sequence >= index.start() && sequence <= index.end();
        } finally {
            lock.unlock();
        }
    }

    /** The events after a sequence number; null if they are not, or not all, in memory. */
    public @Nullable List<Event> after(long sequence, int maxEvents, long maxBytes) {
        lock.lock();
        try {
            return index.end() == 0 || sequence < index.start() || sequence >= index.end()
                    ? null
                    : ring.after(sequence, index.end(), maxEvents, maxBytes);
        } finally {
            lock.unlock();
        }
    }
}
