package dev.tidings.log;

import java.time.Instant;

/**
 * Which sequence numbers of a log are still held, counted by what a {@link Retention} allows.
 *
 * <p>It keeps sums and nothing about a single event, so that no change of it can fail half-way, not even where memory runs
 * out. What it adds up, its log keeps: the {@link HistoryEntries}.
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

    /** The sequence number after which there is at most half of what may be held, by count, by bytes and by memory. */
    private long middle;

    private long bytesAfterMiddle;
    private long memoryAfterMiddle;

    RetentionWindow(Retention retention, HistoryEntries entries) {
        this.retention = retention;
        this.entries = entries;
        this.maxMemory = retention.memory();
    }

    /** The sequence number before the oldest event held. */
    long start() {
        return start;
    }

    /** The sequence number before which events may soon be forgotten, whatever bound they come to. */
    long soonEvicted() {
        return middle;
    }

    /** The sequence number of the newest event. */
    long end() {
        return end;
    }

    /** Whether this sequence number can be gone on from: everything after it is held. */
    boolean reaches(long sequence) {
        return sequence >= start && sequence <= end;
    }

    /** Says where the log begins, before its first event is added. */
    void beginAfter(long sequence) {
        start = sequence;
        end = sequence;
        middle = sequence;
    }

    /** Adds the event of the sequence number after {@link #end}, and forgets what is too much then; never that event itself. */
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
