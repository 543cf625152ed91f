package dev.tidings.log.file;

import dev.tidings.auth.RevocationStore;
import dev.tidings.auth.Revocations;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.LogListener;
import dev.tidings.hub.Once;
import dev.tidings.hub.Positions;
import dev.tidings.hub.Stored;
import dev.tidings.hub.WorkerThread;
import dev.tidings.log.ErasureScan;
import dev.tidings.log.GroupCommit;
import dev.tidings.log.LocalHistory;
import dev.tidings.log.RecentEvents;
import dev.tidings.log.Retention;
import dev.tidings.log.Tail;
import dev.tidings.logging.Logs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log in a file. History and positions survive a restart, and every event that was answered survives a crash.
 *
 * <p>{@link #append} returns when its events are on the disk. Appends that come at the same time share one sync. Nothing is
 * delivered or read before that. While the file cannot be written, as on a full disk, appends are refused, streams stay open
 * and passing events flow. The log recovers by itself within a second or so of there being room.
 *
 * <p>The history is bounded exactly as {@link Retention} says. The file is larger: it also has up to 64 forgotten events and
 * what is being written, and space that will be used again. Memory holds 12 bytes for each stored event, about 100 for each id
 * that a publisher gave, a cache of 32 MiB, and the {@linkplain RecentEvents newest events}. So most streams that come back after
 * a cut or a restart need no disk.
 *
 * <p>The file is the truth. The memory that knowing an event takes is made ready before the event is written. If an error
 * comes between all the same, the next write first reads from the file what memory lacks.
 *
 * <p>A disk that hangs blocks threads of the log alone. Whoever appends, reads or calls {@link #close} waits a limited time.
 *
 * <p><b>Threads.</b> As {@link EventLog} says. One thread, {@code tidings-log}, writes, and a few, {@code
 * tidings-log-reader-N}, read. The lock of the {@link LocalHistory} is never held while the disk is waited for, so that
 * readers and publishers do not hold each other up.
 */
public final class FileLog implements EventLog {

    private static final System.Logger LOG = Logs.of(FileLog.class);

    /** The memory that an id of a publisher takes beside its text. */
    private static final long ID_MEMORY = 64;

    private static final long EVENT_MEMORY = 12;

    /** How many pages are read at the same time. All of these threads hang before the disk is known to hang. */
    private static final int READERS = 4;

    private final Tail tail = new Tail();
    private final Object erasing = new Object();
    private volatile long erasures;
    private final LogFile file;
    private final Retention retention;
    private final LocalHistory history;
    private final RecentEvents recent;
    private final DurableStore store;
    private final GroupCommit commits;
    private final FileChanges changes;
    private final DiskReader reader = new DiskReader(READERS);
    private final Duration limit;

    /**
     * Opens the log in this file. If there is no file, a new log begins.
     *
     * @param wait how publishers wait for the disk
     * @throws IllegalArgumentException with a sentence for the operator, if the file is in use, damaged, of another
     *     version, or cannot be written
     */
    public static FileLog open(Path path, Retention retention, Clock clock, BoundedWait wait) {
        return open(path, "", retention, clock, wait);
    }

    /** Opens it through a layer of MVStore over the file system, which is named by its prefix. */
    static FileLog open(Path path, String layer, Retention retention, Clock clock, BoundedWait wait) {
        var file = new LogFile(path, layer);
        try {
            LogFile.Opened opened = file.openFirst(retention, clock.instant());
            return new FileLog(file, new DurableStore(file, opened.store()), opened, retention, clock, wait);
        } catch (RuntimeException refusal) {
            file.close();
            throw refusal;
        }
    }

    FileLog(
            LogFile file,
            DurableStore store,
            LogFile.Opened opened,
            Retention retention,
            Clock clock,
            BoundedWait wait) {
        this.file = file;
        this.store = store;
        this.retention = retention;
        this.history = new LocalHistory(opened.store().positions(), opened.index(), retention, tail, clock);
        this.recent = opened.recent();
        this.limit = wait.limit();
        var tasks = new DiskTasks();
        this.commits = new GroupCommit(new FileWriter(history, recent, store, tasks, clock), "the disk", wait);
        this.changes = new FileChanges(store, tasks, commits, wait);
    }

    /**
     * Keeps revocations in this log's file.
     *
     * @param index where verification finds them; it gets those that are in the file
     * @throws IllegalArgumentException with a sentence for the operator, if one cannot be read
     */
    public RevocationStore revocations(Revocations index) {
        return new FileRevocations(changes, store, index);
    }

    /** What a history of these bounds takes in memory at most, in bytes, with the cache of its file. */
    public static long memory(int events, long bytes) {
        long ids = Math.min(bytes, (long) events * PublishRequest.MAX_ID_BYTES);
        return EventStores.CACHE_BYTES + RecentEvents.memory(events, bytes) + events * (EVENT_MEMORY + ID_MEMORY) + ids;
    }

    @Override
    public void check(PublishRequest request) {
        history.check(request);
    }

    @Override
    public List<Event> append(List<PublishRequest> requests, @Nullable Once once) {
        requests.forEach(this::check);
        tail.awaitRoom();
        if (requests.stream().allMatch(retention::skips)) {
            // Passing events need no disk.
            return history.pass(requests);
        }
        store.requireWritable();
        return commits.append(requests, once);
    }

    @Override
    public void pass(PublishRequest request) {
        history.pass(List.of(request));
    }

    @Override
    public @Nullable List<Event> readAfter(long sequence, int maxEvents, long maxBytes) {
        Long newest = history.readAfter(sequence, end -> end);
        if (newest == null) {
            return null;
        }
        long last = newest;
        if (sequence >= last) {
            return List.of();
        }
        // A new event is in memory a moment later than in the history. Until then pages come from the file.
        List<Event> page = recent.reaches(last) ? recent.after(sequence, maxEvents, maxBytes) : null;
        return page != null
                ? page
                : reader.read(() -> Optional.ofNullable(store.readAfter(sequence, last, maxEvents, maxBytes)))
                        .orElse(null);
    }

    @Override
    public @Nullable Position find(String id) {
        return history.find(id);
    }

    /** The file is written anew also if nothing is found: it may still have events that history has forgotten. */
    @Override
    public int erase(Erasure erasure) {
        synchronized (erasing) {
            List<Event> remains = ErasureScan.remains(this, erasure);
            if (end().sequence() == 0) {
                return 0;
            }
            var rewrite = new FileRewrite(file, store, history, recent, remains);
            try {
                boolean copied = false;
                while (!copied) {
                    copied = changes.run(rewrite::copySome);
                }
                return changes.run(rewrite::finish);
            } finally {
                erasures++;
                changes.later(rewrite::close);
            }
        }
    }

    @Override
    public long before(Instant time) {
        return history.before(time);
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
        Duration writing = commits.busyFor();
        if (writing.compareTo(limit) > 0) {
            return hanging(writing, "write");
        }
        Duration reading = reader.hangsFor();
        if (reading.compareTo(limit) > 0) {
            return hanging(reading, "read");
        }
        if (!commits.isWriting()) {
            return "the log is not written: the thread " + commits.thread().name() + " does not run";
        }
        String undelivered = tail.fault();
        return undelivered == null ? store.fault() : undelivered;
    }

    @Override
    public List<WorkerThread> threads() {
        return List.of(tail.thread(), commits.thread());
    }

    private static String hanging(Duration since, String at) {
        return "the disk has not answered for " + Math.max(1, since.toSeconds()) + " s: it hangs at a " + at;
    }

    @Override
    public void follow(LogListener listener) {
        tail.start(listener);
    }

    /**
     * Stops the log. A disk that hangs is waited for twice as long as a publisher waits. Then the log is left as it is, which
     * loses nothing that was answered. Its own threads close it if the disk answers again.
     */
    @Override
    public void close() {
        reader.close();
        var closing = new Thread(this::closeFile, "tidings-log-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(Math.max(1, limit.multipliedBy(2).toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        tail.close();
        if (closing.isAlive()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the disk does not answer, so the hub stops without closing the log's file; no accepted event is lost");
        }
    }

    private void closeFile() {
        commits.close();
        try {
            reader.join();
        } catch (InterruptedException nobodyShould) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
