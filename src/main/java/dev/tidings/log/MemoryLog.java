package dev.tidings.log;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.EventLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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

    private final ReentrantLock lock = new ReentrantLock();
    private final Tail tail = new Tail();
    private final Retention retention;
    private final Clock clock;
    private final Position origin;
    private final History history;

    public MemoryLog(Retention retention, Clock clock) {
        this.retention = retention;
        this.clock = clock;
        this.origin = new Position(Epoch.startingAt(clock.instant()), 0);
        this.history = new History(retention);
    }

    @Override
    public void check(PublishRequest request) {
        Position position = request.id() == null ? null : Position.parse(request.id());
        if (position != null && isOwn(position)) {
            throw new InvalidRequestException(
                    "id", "It has the form of this hub's own positions; choose another or leave it out.");
        }
    }

    @Override
    public List<Event> append(List<PublishRequest> requests) {
        requests.forEach(this::check);
        tail.awaitRoom();
        lock.lock();
        try {
            Instant now = clock.instant();
            history.forgetOlderThanAllowed(now);
            var events = new ArrayList<Event>(requests.size());
            for (PublishRequest request : requests) {
                events.add(retention.skips(request) ? passing(request, now) : keep(request, now));
            }
            tail.add(events);
            return events;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void pass(PublishRequest request) {
        lock.lock();
        try {
            tail.add(List.of(passing(request, clock.instant())));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable List<Event> readAfter(long place, int maxEvents, long maxBytes) {
        lock.lock();
        try {
            history.forgetOlderThanAllowed(clock.instant());
            return place < history.start() ? null : history.after(place, maxEvents, maxBytes);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Position find(String id) {
        Position position = Position.parse(id);
        lock.lock();
        try {
            history.forgetOlderThanAllowed(clock.instant());
            if (position != null && isOwn(position)) {
                boolean held = position.place() >= history.start() && position.place() <= history.end();
                return held ? position : null;
            }
            Long place = history.find(id);
            return place == null ? null : origin.at(place);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Position start() {
        lock.lock();
        try {
            history.forgetOlderThanAllowed(clock.instant());
            return origin.at(history.start());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Position end() {
        lock.lock();
        try {
            return origin.at(history.end());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean writable() {
        return tail.delivers();
    }

    @Override
    public void follow(Consumer<List<Event>> listener) {
        tail.start(listener);
    }

    @Override
    public void close() {
        tail.close();
    }

    private Event keep(PublishRequest request, Instant now) {
        Event event = Event.kept(origin.at(history.end() + 1), request, now);
        history.add(event);
        return event;
    }

    private Event passing(PublishRequest request, Instant now) {
        return Event.passing(origin.at(history.end()), request, now);
    }

    private boolean isOwn(Position position) {
        return position.epoch().equals(origin.epoch());
    }
}
