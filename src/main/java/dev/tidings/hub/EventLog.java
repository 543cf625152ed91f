package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ordered record of events that delivery and replay read from.
 *
 * <p>Accepting an event gives it its id, its position and its time. Whatever the log accepted comes
 * out again in one order, the same for {@link #follow} as for {@link #readAfter}, and not before the
 * log holds it as durably as it promises. The part that is still kept is its history, bounded by
 * count, age and bytes.
 *
 * <p><b>Threads.</b> Any thread may call any method. {@link #append} and {@link #readAfter} may wait for the log itself
 * (its lock, its disk, its listener when that is far behind), a bounded time, never for a subscriber. The listener is
 * called by one thread at a time, which holds no lock of the log.
 */
public interface EventLog extends AutoCloseable {

    /**
     * Looks whether {@link #append} would refuse this, for those who want to know which of many it is.
     *
     * @throws InvalidRequestException if it brings an id in the form of this log's own positions
     */
    void check(PublishRequest request);

    /**
     * Accepts events as one unit, next to each other and in the order given: all of them or none.
     *
     * @return the accepted events, one for each request
     * @throws InvalidRequestException if {@link #check} refuses one of them
     * @throws LogUnavailableException if the log cannot accept them now, and has accepted none
     * @throws OutcomeUnknownException if it did not say in time whether it accepts them
     */
    List<Event> append(List<PublishRequest> requests);

    /**
     * Takes a passing event: it is delivered in order to whoever is subscribed now, bears the position
     * of the log's end, and is not kept. Never waits and never fails, even when the log is down.
     */
    void pass(PublishRequest request);

    /**
     * A page of history: the events after a sequence number, oldest first.
     *
     * @param sequence where to go on, from {@link #start} to {@link #end}
     * @param maxEvents the most events that are returned, at least 1
     * @param maxBytes the most bytes they have by {@link Event#size}, unless the first alone has more
     * @return the events, empty at the end of the log; null if history no longer reaches back to that
     *     sequence number, so that events may be missing
     * @throws LogUnavailableException if the log cannot be read now
     */
    @Nullable
    List<Event> readAfter(long sequence, int maxEvents, long maxBytes);

    /**
     * Where to go on after this id: the first event held that has it. A position of this log is known
     * as long as everything after it is held.
     *
     * @return null if the id is unknown or no longer held
     */
    @Nullable
    Position find(String id);

    /** The position before the oldest event held: everything after it can be read. */
    Position start();

    /**
     * The position before which events may soon be forgotten: after it there is at most half of what may be held, by
     * count and by bytes. {@link #start} while there is less.
     */
    Position soonEvicted();

    /** The position of the newest event accepted. */
    Position end();

    /** Why events cannot be accepted now, as a sentence for an operator; null when they can. */
    @Nullable
    String fault();

    /** The threads that it has, for those who look whether they live. */
    List<WorkerThread> threads();

    /**
     * Names the one listener, which gets everything accepted from now on, in order, in batches that
     * are never empty. Called once, before the first {@link #append}.
     */
    void follow(Consumer<List<Event>> listener);

    /** Stops the log and its threads. What it promised to keep stays kept. */
    @Override
    void close();
}
