package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.log.HistoryEntries;

/**
 * The size and the time of each event that is stored in a file: 12 bytes of memory an event.
 *
 * <p><b>Threads.</b> None by itself: its log guards it.
 */
final class EventSizes implements HistoryEntries {

    private static final int FIRST_CAPACITY = 64;

    private int[] sizes = new int[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];

    @Override
    public int capacity() {
        return sizes.length;
    }

    @Override
    public void grow(int capacity, long start, long end) {
        var moreSizes = new int[capacity];
        var moreTimes = new long[capacity];
        for (long sequence = start + 1; sequence <= end; sequence++) {
            int slot = (int) (sequence % capacity);
            moreSizes[slot] = sizes[slot(sequence)];
            moreTimes[slot] = times[slot(sequence)];
        }
        sizes = moreSizes;
        times = moreTimes;
    }

    @Override
    public void put(Event event) {
        sizes[slot(event.sequence())] = event.textSize();
        times[slot(event.sequence())] = event.time().toEpochMilli();
    }

    @Override
    public void forget(long sequence) {
        // Its slots are used again.
    }

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

    private int slot(long sequence) {
        return (int) (sequence % sizes.length);
    }
}
