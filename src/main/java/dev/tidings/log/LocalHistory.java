package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Stored;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The order and the history of a log that makes both in this process: what is accepted next, what is stored, and what goes
 * to the {@link Tail}, all in one order.
 *
 * <p>A log accepts events in one go ({@link #append}) or in steps, if it writes them somewhere in between: {@link #sequencer},
 * {@link #prepare}, then {@link #add}. All that may fail for lack of memory is done before the history changes. After that
 * nothing can fail, so that what is delivered is stored, and all that is stored agrees.
 *
 * <p>A log whose order is made elsewhere, by a server for many nodes, has a tail and no such history.
 *
 * <p><b>Threads.</b> Any; but one thread alone takes the steps, and then nobody calls {@link #append} with events that are
 * stored. One lock makes the order. It is held for a few field accesses an event, or while {@link #readAfter} reads.
 */
public final class LocalHistory {

    /** How many events' times are looked at while the lock is held. */
    private static final int TIMES_AT_ONCE = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final LogPositions positions;
    private final HistoryIndex index;
    private final Retention retention;
    private final Tail tail;
    private final Clock clock;

    /**
     * The history of a log.
     *
     * @param index what is stored already
     * @param tail gets everything that is accepted
     * @param clock tells when events are accepted, and which are too old
     */
    public LocalHistory(LogPositions positions, HistoryIndex index, Retention retention, Tail tail, Clock clock) {
        this.positions = positions;
        this.index = index;
        this.retention = retention;
        this.tail = tail;
        this.clock = clock;
    }

    /**
     * Checks a request's id.
     *
     * @throws InvalidRequestException if it has the form of this log's own positions
     */
    public void check(PublishRequest request) {
        positions.check(request);
    }

    /** Accepts events in one go, all or none. */
    public List<Event> append(List<PublishRequest> requests) {
        lock.lock();
        try {
            Instant now = clock.instant();
            index.forgetOlderThanAllowed(now);
            var sequencer = new Sequencer(positions.at(index.end()), retention, now);
            List<Event> events = sequencer.accept(requests);
            List<Event> stored = sequencer.stored();
            index.prepare(stored);
            tail.add(events);
            // From here on nothing can fail.
            for (int i = 0; i < stored.size(); i++) {
                index.add(stored.get(i));
            }
            return events;
        } finally {
            lock.unlock();
        }
    }

    /** Takes passing events. They meet no selector here, so the lock is held briefly however many topics they have. */
    public List<Event> pass(List<PublishRequest> requests) {
        Instant now = clock.instant();
        lock.lock();
        try {
            Position end = positions.at(index.end());
            List<Event> events = requests.stream()
                    .map(request -> Event.passing(end, request, now))
                    .toList();
            tail.add(events);
            return events;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts what is left of erased events in their places.
     *
     * @return how many of the events were still stored
     */
    public int erase(List<Event> remains) {
        lock.lock();
        try {
            return index.erase(remains);
        } finally {
            lock.unlock();
        }
    }

    /** The first step: gives events their sequence numbers, from the end on, and the time of now. */
    public Sequencer sequencer() {
        return new Sequencer(end(), retention, clock.instant());
    }

    /**
     * The second step: makes sure that {@link #add} cannot fail.
     *
     * @param stored the events that will be added
     * @param all how many events will be delivered with them
     */
    public void prepare(List<Event> stored, int all) {
        lock.lock();
        try {
            index.prepare(stored);
        } finally {
            lock.unlock();
        }
        tail.reserve(all);
    }

    /**
     * The last step: stores and delivers events that were prepared.
     *
     * @param all the same events, with the passing ones among them
     */
    public void add(List<Event> stored, List<Event> all) {
        lock.lock();
        try {
            for (int i = 0; i < stored.size(); i++) {
                index.add(stored.get(i));
            }
            tail.addReserved(all);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads what comes after a sequence number, holding the lock.
     *
     * @param reader is given the sequence number of the newest event
     * @return what the reader returned; null, without calling it, if something after that sequence number is stored no more
     */
    public <T> @Nullable T readAfter(long sequence, LongFunction<T> reader) {
        lock.lock();
        try {
            index.forgetOlderThanAllowed(clock.instant());
            return sequence < index.start() ? null : reader.apply(index.end());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The sequence number before the first stored event that was accepted at a time or later, whatever the clock did between;
     * that of the newest event if there is none. The lock is let go now and then, so that nobody waits for long.
     */
    public long before(Instant time) {
        long wanted = time.toEpochMilli();
        long before = 0;
        while (true) {
            lock.lock();
            try {
                index.forgetOlderThanAllowed(clock.instant());
                long end = index.end();
                before = Math.max(before, index.start());
                long pause = Math.min(end, before + TIMES_AT_ONCE);
                while (before < pause && index.time(before + 1) < wanted) {
                    before++;
                }
                if (before < pause || before == end) {
                    return before;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Where to go on after this id; null if it is unknown, or not all after it is stored. */
    public @Nullable Position find(String id) {
        Long own = positions.sequence(id);
        lock.lock();
        try {
            index.forgetOlderThanAllowed(clock.instant());
            Long sequence = own == null ? index.find(id) : own;
            return sequence == null || !index.reaches(sequence) ? null : positions.at(sequence);
        } finally {
            lock.unlock();
        }
    }

    /** The positions of the log. */
    public LogPositions positions() {
        return positions;
    }

    /** The position before the oldest event stored. */
    public Position start() {
        lock.lock();
        try {
            index.forgetOlderThanAllowed(clock.instant());
            return positions.at(index.start());
        } finally {
            lock.unlock();
        }
    }

    /** The position before which events may soon be forgotten. */
    public Position soonEvicted() {
        lock.lock();
        try {
            return positions.at(index.soonEvicted());
        } finally {
            lock.unlock();
        }
    }

    /** How much is stored. */
    public Stored stored() {
        lock.lock();
        try {
            index.forgetOlderThanAllowed(clock.instant());
            return index.stored();
        } finally {
            lock.unlock();
        }
    }

    /** The position of the newest event. */
    public Position end() {
        lock.lock();
        try {
            return positions.at(index.end());
        } finally {
            lock.unlock();
        }
    }
}
