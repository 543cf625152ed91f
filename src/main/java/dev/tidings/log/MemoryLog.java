package dev.tidings.log;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.WorkerThread;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log in this process's memory: nothing to set up, and gone when the process ends.
 *
 * <p>Its epoch is new with every start, so that an id from before is recognised as unknown.
 *
 * <p><b>Threads.</b> As {@link EventLog} says. One lock makes the order; it is held for a few
 * microseconds an event and while a page is copied.
 */
public final class MemoryLog implements EventLog {

    /** What the ring and the index of publishers' ids take for an event, in bytes. */
    private static final long PLACE_MEMORY = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Tail tail = new Tail();
    private final Retention retention;
    private final Clock clock;
    private final LogPositions positions;
    private final History history;

    public MemoryLog(Retention retention, Clock clock) {
        this.retention = retention;
        this.clock = clock;
        this.positions = new LogPositions(new Position(Epoch.startingAt(clock.instant()), 0));
        this.history = new History(retention);
    }

    /** What a history of these bounds takes in memory at most, in bytes. */
    public static long memory(int events, long bytes) {
        return Retention.memory(events, bytes) + events * PLACE_MEMORY;
    }

    @Override
    public void check(PublishRequest request) {
        positions.check(request);
    }

    @Override
    public List<Event> append(List<PublishRequest> requests) {
        requests.forEach(this::check);
        tail.awaitRoom();
        lock.lock();
        try {
            Instant now = clock.instant();
            history.forgetOlderThanAllowed(now);
            var numbering = new Numbering(positions.at(history.held().end()), retention, now);
            List<Event> events = numbering.accept(requests);
            history.prepare(numbering.kept());
            tail.add(events);
            // From here on nothing can fail: what is delivered is held, and all that is held agrees.
            for (int i = 0; i < numbering.kept().size(); i++) {
                history.add(numbering.kept().get(i));
            }
            return events;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void pass(PublishRequest request) {
        lock.lock();
        try {
            Position end = positions.at(history.held().end());
            tail.add(List.of(Event.passing(end, request, clock.instant())));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable List<Event> readAfter(long sequence, int maxEvents, long maxBytes) {
        lock.lock();
        try {
            history.forgetOlderThanAllowed(clock.instant());
            return sequence < history.held().start() ? null : history.after(sequence, maxEvents, maxBytes);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Position find(String id) {
        Long own = positions.sequence(id);
        lock.lock();
        try {
            history.forgetOlderThanAllowed(clock.instant());
            Long sequence = own == null ? history.find(id) : own;
            return sequence == null || !history.held().reaches(sequence) ? null : positions.at(sequence);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Position start() {
        lock.lock();
        try {
            history.forgetOlderThanAllowed(clock.instant());
            return positions.at(history.held().start());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Position soonEvicted() {
        lock.lock();
        try {
            return positions.at(history.held().soonEvicted());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Position end() {
        lock.lock();
        try {
            return positions.at(history.held().end());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable String fault() {
        return tail.fault();
    }

    @Override
    public List<WorkerThread> threads() {
        return List.of(tail.thread());
    }

    @Override
    public void follow(Consumer<List<Event>> listener) {
        tail.start(listener);
    }

    @Override
    public void close() {
        tail.close();
    }
}
