package dev.tidings.log;

import dev.tidings.event.Event;
import java.time.Instant;
import java.util.Arrays;

/**
 * Which places of a log are still held, counted by what a {@link Retention} allows.
 *
 * <p>It remembers no event, only the size and the time of each, 12 bytes of heap an event, so that a log
 * whose events are elsewhere need not look there to know what it has forgotten.
 *
 * <p><b>Threads.</b> None by itself: its log guards it.
 */
final class Held {

    private static final int FIRST_CAPACITY = 64;

    private final Retention retention;
    private int[] sizes = new int[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private long start;
    private long end;
    private long bytes;

    /** The place after which there are at most half of the events, and of the bytes, that may be held. */
    private long middle;

    private long bytesAfterMiddle;

    Held(Retention retention) {
        this.retention = retention;
    }

    /** The place before the oldest event held. */
    long start() {
        return start;
    }

    /** The place before which events may soon be forgotten, whether by count or by bytes. */
    long fading() {
        return middle;
    }

    /** The place of the newest event. */
    long end() {
        return end;
    }

    /** Whether this place can be gone on from: everything after it is held. */
    boolean reaches(long place) {
        return place >= start && place <= end;
    }

    /** Says where the log begins, before its first event is added. */
    void beginAfter(long place) {
        start = place;
        end = place;
        middle = place;
    }

    /** Adds the event of the place after {@link #end}, and forgets what is too much by count and bytes. */
    void add(Event event) {
        if (end - start == retention.events()) {
            forgetOldest();
        }
        if (end - start == sizes.length) {
            grow();
        }
        end = event.place();
        sizes[slot(end)] = event.size();
        times[slot(end)] = event.time().toEpochMilli();
        bytes += event.size();
        bytesAfterMiddle += event.size();
        while (end - middle > retention.events() / 2 || bytesAfterMiddle > retention.bytes() / 2) {
            moveMiddle();
        }
        while (bytes > retention.bytes()) {
            forgetOldest();
        }
    }

    /** Forgets what is older than the age allowed. */
    void forgetOlderThanAllowed(Instant now) {
        long oldest = now.minus(retention.age()).toEpochMilli();
        while (start < end && times[slot(start + 1)] < oldest) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        start++;
        bytes -= sizes[slot(start)];
        if (middle < start) {
            moveMiddle();
        }
    }

    private void moveMiddle() {
        middle++;
        bytesAfterMiddle -= sizes[slot(middle)];
    }

    private int slot(long place) {
        return (int) (place % sizes.length);
    }

    private void grow() {
        int[] oldSizes = sizes;
        long[] oldTimes = times;
        int capacity = (int) Math.min(2L * oldSizes.length, retention.events());
        sizes = Arrays.copyOf(new int[0], capacity);
        times = Arrays.copyOf(new long[0], capacity);
        for (long place = start + 1; place <= end; place++) {
            int old = (int) (place % oldSizes.length);
            sizes[slot(place)] = oldSizes[old];
            times[slot(place)] = oldTimes[old];
        }
    }
}
