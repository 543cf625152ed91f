package dev.tidings.log;

import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import java.time.Duration;

/**
 * How much history a log keeps: until the first of these is reached.
 *
 * @param events the most events, at least 1
 * @param age how old the oldest may be
 * @param bytes the most bytes, by {@link dev.tidings.event.Event#textSize}; the newest event is kept even if it alone
 *     has more
 * @param skip events with a topic that one of these matches are delivered live and not kept
 */
public record Retention(int events, Duration age, long bytes, SelectorSet skip) {

    /** What a byte of text takes in memory at most: two bytes a character where not all is ASCII, and the frame. */
    private static final long MEMORY_OF_BYTE = 3;

    /** What an event takes in memory beside its text, with a topic more and some lines of data. */
    private static final long MEMORY_OF_EVENT = 512;

    public boolean skips(PublishRequest request) {
        return skip.matchesAny(request.topics());
    }

    /**
     * The most memory that events may take, in bytes, by {@link dev.tidings.event.Event#size}: a bound for logs that keep
     * them there. Ordinary events reach one of the other bounds first. What it is for are those that are nearly all line
     * breaks, of which each takes eight bytes, or have a thousand topics of one letter.
     */
    long memory() {
        return memory(events, bytes);
    }

    /** The same of these bounds. */
    public static long memory(int events, long bytes) {
        return bytes * MEMORY_OF_BYTE + events * MEMORY_OF_EVENT;
    }
}
