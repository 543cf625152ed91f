package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.hub.Stored;
import java.time.Instant;

/**
 * The range of sequence numbers whose events are stored: as much as a {@link Retention} allows.
 *
 * <p>The window has sums and nothing of a single event, so that no change of it can fail half-way for lack of memory. What
 * it adds up is in the {@link HistoryEntries}.
 *
 * <p><b>Threads.</b> None by itself: its log guards it.
 */
final class RetentionWindow {

    private final Retention retention;
    private final HistoryEntries entries;
    private final long maxMemory;
    private long start;
    private long end;
    private long bytes;
    private long memory;

    /** After this sequence number there is at most half of what may be stored, by count, by bytes and by memory. */
    private long middle;

    private long bytesAfterMiddle;
    private long memoryAfterMiddle;

    RetentionWindow(Retention retention, HistoryEntries entries) {
        this.retention = retention;
        this.entries = entries;
        this.maxMemory = retention.memory();
    }

    /** The sequence number before the oldest event stored. */
    long start() {
        return start;
    }

    /** The sequence number before which events may soon be forgotten, by whichever bound. */
    long soonEvicted() {
        return middle;
    }

    /** The sequence number of the newest event. */
    long end() {
        return end;
    }

    /** How much is stored. */
    Stored stored() {
        return new Stored(end - start, bytes, start == end ? null : Instant.ofEpochMilli(entries.time(start + 1)));
    }

    /** Whether a reader can go on after this sequence number: all events after it are stored. */
    boolean reaches(long sequence) {
        return sequence >= start && sequence <= end;
    }

    /** Sets where the window begins, before the first event is added. */
    void beginAfter(long sequence) {
        start = sequence;
        end = sequence;
        middle = sequence;
    }

    /** Adds the event after {@link #end}. Then it forgets what is too much, but never that event itself. */
    void add() {
        end++;
        bytes += entries.bytes(end);
        bytesAfterMiddle += entries.bytes(end);
        memory += entries.memory(end);
        memoryAfterMiddle += entries.memory(end);
        while (end - middle > retention.events() / 2
                || bytesAfterMiddle > retention.bytes() / 2
                || memoryAfterMiddle > maxMemory / 2) {
            moveMiddle();
        }
        while (end - start > retention.events()
                || (end - start > 1 && (bytes > retention.bytes() || memory > maxMemory))) {
            forgetOldest();
        }
    }

    /** Puts another event in the place of a stored one. */
    void replace(Event other) {
        long sequence = other.sequence();
        count(sequence, -1);
        entries.put(other);
        count(sequence, 1);
    }

    private void count(long sequence, int sign) {
        bytes += (long) sign * entries.bytes(sequence);
        memory += (long) sign * entries.memory(sequence);
        if (sequence > middle) {
            bytesAfterMiddle += (long) sign * entries.bytes(sequence);
            memoryAfterMiddle += (long) sign * entries.memory(sequence);
        }
    }

    /** Forgets what is older than the age allowed. */
    void forgetOlderThanAllowed(Instant now) {
        long oldest = now.minus(retention.age()).toEpochMilli();
        while (start < end && entries.time(start + 1) < oldest) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        start++;
        bytes -= entries.bytes(start);
        memory -= entries.memory(start);
        if (middle < start) {
            moveMiddle();
        }
    }

    private void moveMiddle() {
        middle++;
        bytesAfterMiddle -= entries.bytes(middle);
        memoryAfterMiddle -= entries.memory(middle);
    }
}
