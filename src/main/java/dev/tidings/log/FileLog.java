package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.WorkerThread;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log in a file: history and positions survive a restart, and what was answered survives a crash.
 *
 * <p>{@link #append} returns when its events are on the disk; appends that come at the same time share one sync.
 * Nothing is delivered or read before that. When the file cannot be written (a full disk, say) appends are refused,
 * streams stay open, passing events flow, and the log comes back by itself within a second or so of there being room.
 *
 * <p>The history is bounded as {@link Retention} says, the count exactly. The file is larger: it also holds some
 * events that are forgotten, 64 and what is being written, and space that is used again. In memory are
 * 12 bytes for each event held, about 150 for each id that a publisher gave, and a cache of 32 MiB.
 *
 * <p><b>Threads.</b> As {@link EventLog} says. One thread, {@code tidings-log}, writes. The lock guards what is
 * in memory; it is never held while the disk is waited for, so that reading holds up no append and no append
 * holds up a reader.
 */
public final class FileLog implements EventLog {

    private final ReentrantLock lock = new ReentrantLock();
    private final Tail tail = new Tail();
    private final Retention retention;
    private final Clock clock;
    private final LogPositions positions;
    private final HistoryIndex index;
    private final DurableStore store;
    private final GroupCommit commits;

    /**
     * Opens the log of this file, or begins a new one where there is none.
     *
     * @throws IllegalArgumentException with a sentence for the operator, if the file is in use, damaged, of another
     *     version, or cannot be written
     */
    public static FileLog open(Path path, Retention retention, Clock clock) {
        return open(path, "", retention, clock);
    }

    /** The same through a layer of MVStore's over the file system, named by its prefix. */
    static FileLog open(Path path, String layer, Retention retention, Clock clock) {
        var file = new LogFile(path, layer);
        try {
            LogFile.Opened opened = file.openFirst(retention, clock.instant());
            return new FileLog(new DurableStore(file, opened.store()), opened, retention, clock);
        } catch (RuntimeException refusal) {
            file.close();
            throw refusal;
        }
    }

    private FileLog(DurableStore store, LogFile.Opened opened, Retention retention, Clock clock) {
        this.store = store;
        this.positions = opened.store().positions();
        this.index = opened.index();
        this.retention = retention;
        this.clock = clock;
        this.commits = new GroupCommit(new Writer());
    }

    @Override
    public void check(PublishRequest request) {
        positions.check(request);
    }

    @Override
    public List<Event> append(List<PublishRequest> requests) {
        requests.forEach(this::check);
        tail.awaitRoom();
        if (requests.stream().allMatch(retention::skips)) {
            return deliver(requests);
        }
        store.requireWritable();
        return commits.append(requests);
    }

    @Override
    public void pass(PublishRequest request) {
        deliver(List.of(request));
    }

    @Override
    public @Nullable List<Event> readAfter(long place, int maxEvents, long maxBytes) {
        long end;
        lock.lock();
        try {
            index.forgetOlderThanAllowed(clock.instant());
            if (place < index.start()) {
                return null;
            }
            end = index.end();
        } finally {
            lock.unlock();
        }
        return place >= end ? List.of() : store.readAfter(place, end, maxEvents, maxBytes);
    }

    @Override
    public @Nullable Position find(String id) {
        Long own = positions.place(id);
        lock.lock();
        try {
            index.forgetOlderThanAllowed(clock.instant());
            Long place = own == null ? index.find(id) : own;
            return place == null || !index.reaches(place) ? null : positions.at(place);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Position start() {
        return positions.at(forgotten());
    }

    @Override
    public Position fading() {
        lock.lock();
        try {
            return positions.at(index.fading());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Position end() {
        lock.lock();
        try {
            return positions.at(index.end());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable String fault() {
        if (!commits.isWriting()) {
            return "the log is not written: the thread " + commits.thread().name() + " does not run";
        }
        return store.writable() ? tail.fault() : "the log cannot be written";
    }

    @Override
    public List<WorkerThread> threads() {
        return List.of(tail.thread(), commits.thread());
    }

    @Override
    public void follow(Consumer<List<Event>> listener) {
        tail.start(listener);
    }

    @Override
    public void close() {
        commits.close();
        tail.close();
        store.close();
    }

    /** Delivers passing events, which need no disk. */
    private List<Event> deliver(List<PublishRequest> requests) {
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

    /** The place up to which nothing is held any more. */
    private long forgotten() {
        lock.lock();
        try {
            index.forgetOlderThanAllowed(clock.instant());
            return index.start();
        } finally {
            lock.unlock();
        }
    }

    /** What the one thread that writes does. */
    private final class Writer implements GroupCommit.Writer {

        @Override
        public void write(List<Append> group) {
            var numbering = new Numbering(end(), retention, clock.instant());
            List<List<Event>> accepted = group.stream()
                    .map(append -> numbering.accept(append.requests()))
                    .toList();
            List<Event> removed;
            try {
                removed = store.write(numbering.kept(), forgotten());
            } catch (LogUnavailableException down) {
                group.forEach(append -> append.refuse(down));
                return;
            }
            lock.lock();
            try {
                index.remove(removed);
                numbering.kept().forEach(index::add);
                accepted.forEach(tail::add);
            } finally {
                lock.unlock();
            }
            for (int i = 0; i < accepted.size(); i++) {
                group.get(i).answer(accepted.get(i));
            }
        }

        @Override
        public void rest() {
            List<Event> removed;
            try {
                removed = store.rest(forgotten());
            } catch (LogUnavailableException down) {
                return;
            }
            lock.lock();
            try {
                index.remove(removed);
            } finally {
                lock.unlock();
            }
        }
    }
}
