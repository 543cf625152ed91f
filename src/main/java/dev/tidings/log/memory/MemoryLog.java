package dev.tidings.log.memory;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.LogListener;
import dev.tidings.hub.Once;
import dev.tidings.hub.Positions;
import dev.tidings.hub.Stored;
import dev.tidings.hub.WorkerThread;
import dev.tidings.log.ErasureScan;
import dev.tidings.log.EventRing;
import dev.tidings.log.HistoryIndex;
import dev.tidings.log.LocalHistory;
import dev.tidings.log.LogPositions;
import dev.tidings.log.Retention;
import dev.tidings.log.Tail;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log in this process's memory. It needs no set-up, and is gone when the process ends.
 *
 * <p>Every start makes a new epoch, so that an id from before is recognised as unknown.
 *
 * <p><b>Threads.</b> As {@link EventLog} says. The lock of its {@link LocalHistory} is held for a few microseconds an event,
 * and while a page is copied.
 */
public final class MemoryLog implements EventLog {

    /** What the ring and the index of publishers' ids take for an event, in bytes. */
    private static final long ENTRY_MEMORY = 32;

    private final Tail tail = new Tail();
    private final EventRing ring = new EventRing();
    private final LocalHistory history;
    private final Object erasing = new Object();
    private volatile long erasures;

    public MemoryLog(Retention retention, Clock clock) {
        var positions = new LogPositions(new Position(Epoch.startingAt(clock.instant()), 0));
        this.history = new LocalHistory(positions, new HistoryIndex(retention, ring), retention, tail, clock);
    }

    /** What a history of these bounds takes in memory at most, in bytes. */
    public static long memory(int events, long bytes) {
        return Retention.memory(events, bytes) + events * ENTRY_MEMORY;
    }

    @Override
    public void check(PublishRequest request) {
        history.check(request);
    }

    @Override
    public List<Event> append(List<PublishRequest> requests, @Nullable Once once) {
        requests.forEach(this::check);
        tail.awaitRoom();
        return history.append(requests);
    }

    @Override
    public void pass(PublishRequest request) {
        history.pass(List.of(request));
    }

    @Override
    public @Nullable List<Event> readAfter(long sequence, int maxEvents, long maxBytes) {
        return history.readAfter(sequence, end -> ring.after(sequence, end, maxEvents, maxBytes));
    }

    @Override
    public @Nullable Position find(String id) {
        return history.find(id);
    }

    @Override
    public long before(Instant time) {
        return history.before(time);
    }

    @Override
    public int erase(Erasure erasure) {
        // One at a time: two that mean the same event must not both count it.
        synchronized (erasing) {
            int erased = history.erase(ErasureScan.remains(this, erasure));
            erasures++;
            return erased;
        }
    }

    @Override
    public long erasures() {
        return erasures;
    }

    @Override
    public Positions positions() {
        return history.positions();
    }

    @Override
    public Position start() {
        return history.start();
    }

    @Override
    public Position soonEvicted() {
        return history.soonEvicted();
    }

    @Override
    public Position end() {
        return history.end();
    }

    @Override
    public Stored stored() {
        return history.stored();
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
    public void follow(LogListener listener) {
        tail.start(listener);
    }

    @Override
    public void close() {
        tail.close();
    }
}
