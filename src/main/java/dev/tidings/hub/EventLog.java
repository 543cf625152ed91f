package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ordered record of events that delivery and replay read from.
 *
 * <p>Accepting an event gives it its id, its position and its time. The events that the log accepted come out again in one
 * order, the same for {@link #follow} as for {@link #readAfter}, and not before the log has stored them as durably as it
 * promises. The part of the log that is still stored is its history, bounded by count, age and bytes.
 *
 * <p><b>Threads.</b> Any thread may call any method. {@link #append} and {@link #readAfter} may wait for the log itself
 * (its lock, its disk, its listener if that is far behind), for a bounded time, and never for a subscriber. One thread at a
 * time calls the listener, holding no lock of the log.
 */
public interface EventLog extends AutoCloseable {

    /**
     * Checks whether {@link #append} would refuse a request, to find out which of many it would refuse.
     *
     * @throws InvalidRequestException if its id has the form of this log's own positions
     */
    void check(PublishRequest request);

    /**
     * Accepts events as one unit, next to each other and in the order given: all of them or none.
     *
     * @param once what makes this publish the same as another, for a log that many nodes share; a log of one process leaves
     *     that to those who publish. Null if it is always another
     * @return the accepted events, one for each request
     * @throws InvalidRequestException if {@link #check} refuses one of them
     * @throws LogUnavailableException if the log cannot accept them now, and has accepted none
     * @throws OutcomeUnknownException if it is not known in time whether the log accepts them
     * @throws KeyReusedException if other content was published under the same key
     * @throws FencedException if another has published under the same fence with a higher token
     */
    List<Event> append(List<PublishRequest> requests, @Nullable Once once);

    /** Accepts events that are no repetition. */
    default List<Event> append(List<PublishRequest> requests) {
        return append(requests, null);
    }

    /**
     * Accepts a passing event. It is delivered in order to the subscribers of now, bears the position of the log's end, and is
     * not stored. Never waits and never fails, even if the log is down.
     */
    void pass(PublishRequest request);

    /**
     * A page of history: the events after a sequence number, oldest first.
     *
     * @param sequence where to go on, from {@link #start} to {@link #end}
     * @param maxEvents the most events that are returned, at least 1
     * @param maxBytes the most bytes they have by {@link Event#size}, unless the first alone has more
     * @return the events, maybe fewer than there are, and none only at the end of the log; null if history no longer reaches
     *     back that far, so that events may be missing
     * @throws LogUnavailableException if the log cannot be read now
     */
    @Nullable
    List<Event> readAfter(long sequence, int maxEvents, long maxBytes);

    /**
     * The position after which a reader of this id goes on: that of the first stored event that has it. A position of this log
     * is known as long as all events after it are stored.
     *
     * @return null if the id is unknown, or no longer stored
     */
    @Nullable
    Position find(String id);

    /**
     * The positions of {@link #find} for many ids, by id. Those that are unknown are left out.
     *
     * @throws LogUnavailableException if the log cannot be read now
     */
    default Map<String, Position> findAll(List<String> ids) {
        var found = new HashMap<String, Position>();
        for (String id : ids) {
            Position position = find(id);
            if (position != null) {
                found.put(id, position);
            }
        }
        return found;
    }

    /**
     * Returns when all that is stored is as safe as what {@link #append} answers. What others have appended may have had no answer.
     *
     * @throws LogUnavailableException if the log cannot say so now
     */
    default void confirm() {}

    /**
     * The sequence number before the first stored event that was accepted at a time or later, to the millisecond; that of the
     * newest event if there is none.
     *
     * <p>This looks for it by halves, and reads an event each time. If the clock that events are timed by was set back, there may
     * be several events that have such a time while the one before has not. Then it may be before any of these. A log that has
     * all times at hand finds the first.
     *
     * @throws LogUnavailableException if the log cannot be read now
     */
    default long before(Instant time) {
        long wanted = time.toEpochMilli();
        long end = end().sequence();
        long before = Math.min(start().sequence(), end);
        // The event after this one, if there is one, was accepted then or later.
        long after = end;
        while (before < after) {
            long middle = before + (after - before) / 2;
            List<Event> next = readAfter(middle, 1, 1);
            if (next == null) {
                // History has moved on meanwhile.
                before = Math.max(middle + 1, start().sequence());
            } else if (next.isEmpty() || next.get(0).time().toEpochMilli() >= wanted) {
                after = middle;
            } else {
                before = middle + 1;
            }
        }
        return before;
    }

    /**
     * Erases events from history, for good: their data, topics, types and publishers' ids. When this returns, no page has them any
     * more, on any node, and neither has the log's file. What is left at their places ({@link Event#erased}) keeps its position,
     * and its time. An event that was handed to the listener may still be delivered to those who are subscribed.
     *
     * <p>It takes as long as reading, and maybe writing, all that is stored. Others can publish and read meanwhile.
     *
     * @return how many events were erased
     * @throws LogUnavailableException if the log cannot be read or written now, or a node did not confirm. Some of the events may
     *     be erased; the next call erases the rest
     */
    int erase(Erasure erasure);

    /** How often events were erased in this log, as far as this node knows. Whoever remembers events of before forgets them then. */
    default long erasures() {
        return 0;
    }

    /** The positions of this log. They are others from when it has begun anew, as {@link LogListener#begins} tells. */
    Positions positions();

    /** The position before the oldest event stored. All events after it can be read. */
    Position start();

    /**
     * The position before which events may soon be forgotten: after it there is at most half of what may be stored, by count and
     * by bytes. It is {@link #start} while there is less.
     */
    Position soonEvicted();

    /** The position of the newest event accepted. */
    Position end();

    /**
     * How much is stored.
     *
     * @throws LogUnavailableException if the log cannot tell now
     */
    Stored stored();

    /** Why events cannot be accepted now, as a sentence for an operator; null if they can. */
    @Nullable
    String fault();

    /** The log's threads, for health checks. */
    List<WorkerThread> threads();

    /**
     * Sets the one listener. It gets all events that are accepted from now on, in order, in batches that are never empty. Called
     * once, before the first {@link #append}.
     */
    void follow(LogListener listener);

    /** Stops the log and its threads. What it promised to store stays stored. */
    @Override
    void close();
}
