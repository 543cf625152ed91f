package dev.tidings.ops;

import java.util.List;

/**
 * Compares the heap with the largest event that the hub takes, when it starts.
 *
 * <p>An event comes in a body that is larger than its data, and is in memory several times while it is read.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param heap the most bytes that the heap may have
 * @param eventBytes the most bytes of data that an event may have
 */
public record EventSizeCheck(long heap, long eventBytes) {

    private static final long MEBIBYTE = 1L << 20;

    /** The body of an event in JSON may have so many times its bytes, and there is its text beside it. */
    private static final int TIMES = 8;

    /** One event should leave room for everything else. */
    private static final int SHARES = 4;

    /** Returns a sentence for the operator, or none when the heap is large enough. */
    public List<String> warnings() {
        long needed = eventBytes * TIMES * SHARES;
        if (heap >= needed) {
            return List.of();
        }
        return List.of("One event may take a quarter or more of the heap of " + heap / MEBIBYTE
                + " MiB. The setting tidings.limit.event-size is " + eventBytes / MEBIBYTE
                + " MiB. Reading an event takes up to " + TIMES + " times that. Start the container with -Xmx"
                + needed / MEBIBYTE
                + "m or more, or set tidings.limit.event-size lower");
    }
}
