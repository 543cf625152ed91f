package dev.tidings.stream;

import dev.tidings.hub.Subscriber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gives what one stream writes: the frames of events as they come ({@link FrameSource}), or one answer.
 *
 * <p><b>Threads.</b> Only the thread that writes may call {@link #take}, {@link #takeFarewell}, {@link #hasMore} and {@link
 * #isOver}, one at a time, and only the timer {@link #tick}. Any thread may call the others.
 *
 * @param <F> what is written at once
 */
public interface FrameSupply<F> {

    /** Returns the subscriber whose events are written. */
    Subscriber subscriber();

    /** Whether its peer is a client that others may know of. */
    boolean isClient();

    /** Whether the stream sends positions between events. */
    boolean sendsPositions();

    /** Whether the next events come from history, so that the stream should not hold up those that are live. */
    boolean replaying();

    /** Returns what to write next, or null when there is nothing now. It may be shared; do not change it. */
    @Nullable
    F take();

    /** What is written last, if the subscriber has ended; null if nothing is. Given once. */
    @Nullable
    F takeFarewell();

    /** Whether {@link #take} may return more at once. */
    boolean hasMore();

    /** Whether all was given, so that the stream ends when it is written. */
    boolean isOver();

    /**
     * Checks what has become due.
     *
     * @param now the time of day
     * @param nanos the same moment by a clock that only goes forward, as {@link System#nanoTime}
     * @return whether something has become due, so that the stream should be written to
     */
    boolean tick(Instant now, long nanos);
}
