package dev.tidings.log;

import dev.tidings.event.Event;

/**
 * What a log has in memory of each event stored: the event itself, or only what its bounds count.
 *
 * <p>{@link #grow} may fail for lack of memory, and then changes nothing. The other methods must not fail.
 *
 * <p><b>Threads.</b> None by itself: its {@link LocalHistory} guards it.
 */
public interface HistoryEntries {

    /** For how many events there is room. */
    int capacity();

    /**
     * Makes room for more events.
     *
     * @param capacity for how many
     * @param start the sequence number before the oldest event, which is carried over with all that follow
     * @param end the sequence number of the newest
     */
    void grow(int capacity, long start, long end);

    /** Takes in an event, for which there is room. */
    void put(Event event);

    /** The event of this sequence number is not stored any more. */
    void forget(long sequence);

    /** The bytes of an event's text, by {@link Event#textSize}. */
    int bytes(long sequence);

    /** What an event takes in memory, by {@link Event#size}; 0 if its log stores it elsewhere. */
    int memory(long sequence);

    /** When an event was accepted, in milliseconds. */
    long time(long sequence);
}
