package dev.tidings.log;

import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import java.time.Duration;

/**
 * How much history a log stores. Whichever bound is reached first counts.
 *
 * @param events the most events, at least 1
 * @param age how old the oldest may be
 * @param bytes the most bytes, by {@link dev.tidings.event.Event#textSize}; the newest event is stored even if it alone
 *     has more
 * @param skip an event with a topic that one of these matches is delivered live and not stored
 */
public record Retention(int events, Duration age, long bytes, SelectorSet skip) {

    /** What a byte of text takes in memory at most: two bytes a character where not all is ASCII, and the frame. */
    private static final long MEMORY_OF_BYTE = 3;

    /** What an event takes in memory beside its text, with a topic more and some lines of data. */
    private static final long MEMORY_OF_EVENT = 512;

    /** Whether an event is delivered live and not stored. */
    public boolean skips(PublishRequest request) {
        return skip.matchesAny(request.topics());
    }

    /** Whether any event may be one that is not stored. */
    public boolean skipsAny() {
        return !skip.isEmpty();
    }

    /**
     * The most memory that events may take, in bytes, by {@link dev.tidings.event.Event#size}: a bound for logs that store
     * events in memory. Ordinary events reach one of the other bounds first. This one is for events of line breaks, which
     * take eight bytes each, and for events with a thousand topics of one letter.
     */
    long memory() {
        return memory(events, bytes);
    }

    /** The most memory that events may take under these bounds, in bytes. */
    public static long memory(int events, long bytes) {
        return bytes * MEMORY_OF_BYTE + events * MEMORY_OF_EVENT;
    }
}
