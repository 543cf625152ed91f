package dev.tidings.log.file;

import dev.tidings.auth.Revocation;
import dev.tidings.event.Event;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.logging.Logs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a log on a disk that may fail and recover.
 *
 * <p>A store dies of its first failed write. Then another is opened instead, in the state of the last commit that was synced.
 * What a failed commit left behind is taken back first, so that no refused event is found afterwards, and the next event gets
 * its sequence number. A commit that fails is tried once more in the new store. If that fails too, the log is down until
 * {@link #maintain} finds that it can be written again. Meanwhile it is read as far as possible. A file whose name is gone
 * stays open, so that its events can be read. Over 300 lines, since whatever is written has to go by the same way through a
 * disk that fails.
 *
 * <p><b>Threads.</b> One thread writes, rests and closes; any may read, and ask for the fault.
 */
final class DurableStore {

    private static final System.Logger LOG = Logs.of(DurableStore.class);

    /** How many forgotten events stay in the file before they are removed: removing one rewrites a page of them. */
    private static final int SWEEP = 64;

    /** How many are removed in one commit at most, so that none becomes slow; or twice what it adds, to keep up. */
    private static final int SWEEP_MOST = 4_096;

    /** After how many commits some of the space that they left behind is made ready for use again. */
    private static final int COMPACT_EVERY = 64;

    /**
     * How much room the disk has to have, beside twice what could not be written, before the hub tries again. With less a small
     * write may go through and the next one fail, so that the log would be up and down each second.
     */
    private static final long ROOM_BYTES = 1 << 20;

    /** How long the file waits for those who read it, before it is replaced. */
    private static final long READERS_SECONDS = 1;

    private final LogFile file;

    /** Held by those who read, and while the file is replaced. */
    private final ReadWriteLock replacing = new ReentrantReadWriteLock();

    private volatile EventStore store;
    private volatile @Nullable String fault;
    private volatile boolean doubtful;

    /** Whether all events in the store are durable: it has nothing of a commit that an error ended. */
    private boolean settled = true;

    /** How many bytes of events could not be written last. */
    private long unwritten;

    private long durable;
    private long removed;
    private int commits;

    /**
     * @param file by which stores are opened again
     * @param store the open store, all of whose events are durable
     */
    DurableStore(LogFile file, EventStore store) {
        this.file = file;
        this.store = store;
        this.durable = store.version();
        this.removed = store.first() - 1;
    }

    /** Why the file cannot be written, as a sentence; null if the last write succeeded. */
    @Nullable
    String fault() {
        return fault;
    }

    /** @throws LogUnavailableException if there is a {@link #fault} */
    void requireWritable() {
        String known = fault;
        if (known != null) {
            throw new LogUnavailableException(known);
        }
    }

    /**
     * Writes events. They are on the disk when this returns.
     *
     * @param forgotten the sequence number up to which events may be removed from the file
     * @throws LogUnavailableException if they could not be written, and are not in the file
     */
    void write(List<Event> events, long forgotten) {
        requireWritable();
        boolean sweep = forgotten - removed >= SWEEP;
        commit(events.stream().mapToLong(Event::size).sum(), () -> {
            events.forEach(store::add);
            if (commits % COMPACT_EVERY == COMPACT_EVERY - 1) {
                store.compact();
            }
            if (sweep) {
                store.removeUpTo(forgotten, Math.max(SWEEP_MOST, 2 * events.size()));
            }
        });
    }

    /**
     * Changes the revocations. The change is on the disk when this returns.
     *
     * @param change is made anew if the file has to be opened again
     * @throws LogUnavailableException if it could not be written, and is not in the file
     */
    void change(Consumer<RevocationMap> change) {
        requireWritable();
        commit(0, () -> {
            change.accept(store.revocations());
            if (commits % COMPACT_EVERY == COMPACT_EVERY - 1) {
                store.compact();
            }
        });
    }

    /** The revocations that are in the file. */
    List<Revocation> revocations() {
        return store.revocations().all();
    }

    /**
     * The durable events after what the caller takes for the newest. There are none, unless an error came between a commit and
     * the moment when it was known.
     */
    List<Event> after(long sequence) {
        try {
            if (settled && fault == null && store.last() > sequence) {
                List<Event> events = store.readAfter(sequence, store.last(), Integer.MAX_VALUE, Long.MAX_VALUE);
                return events == null ? List.of() : events;
            }
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.DEBUG, "a store that has failed is opened again at the next write", failure);
        }
        return List.of();
    }

    /**
     * Does what can wait. It removes forgotten events, makes space ready for use again, and finds out whether a log that is
     * down can be written by now.
     *
     * @throws LogUnavailableException if it cannot be written
     */
    void maintain(long forgotten) {
        if (fault != null || (doubtful && !store.readable())) {
            recover();
        } else if (!file.isThere()) {
            throw lost();
        }
        // The newest event stays in the file however old it is.
        if (fault != null || (removed >= Math.min(forgotten, store.last() - 1) && commits == 0)) {
            return;
        }
        commit(0, () -> {
            store.compact();
            store.removeUpTo(forgotten, SWEEP_MOST);
        });
        commits = 0;
    }

    /**
     * The events after a sequence number; null if they are not in the file any more.
     *
     * @param end the last sequence number that may be read
     * @throws LogUnavailableException if the file cannot be read now
     */
    @Nullable
    List<Event> readAfter(long sequence, long end, int maxEvents, long maxBytes) {
        replacing.readLock().lock();
        try {
            return store.readAfter(sequence, end, maxEvents, maxBytes);
        } catch (RuntimeException failure) {
            doubtful = true;
            throw new LogUnavailableException("the log's file cannot be read", failure);
        } finally {
            replacing.readLock().unlock();
        }
    }

    /**
     * Goes on in the new file that was written beside this one, which replaces it.
     *
     * @param version the version of the new file
     * @throws LogUnavailableException if it could not be put there, or not be opened
     */
    void replace(long version) throws IOException {
        requireWritable();
        if (!file.isThere()) {
            throw lost();
        }
        awaitReaders();
        try {
            // If it cannot be opened now, the next write tries that again.
            settled = false;
            store.abandon();
            try {
                file.replaceByCopy();
                durable = version;
            } finally {
                reopen();
            }
            removed = store.first() - 1;
        } finally {
            replacing.writeLock().unlock();
        }
    }

    /** Takes the lock that those who read hold. One of them may be at a disk that hangs. */
    private void awaitReaders() {
        try {
            if (replacing.writeLock().tryLock(READERS_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new LogUnavailableException("the log's file is being read by others, and cannot be replaced now");
    }

    /** Closes the file and gives up its lock. */
    void close() {
        try (file) {
            if (!settled && file.isThere()) {
                // Otherwise the next start would find what was refused.
                reopenForReading();
            }
            store.close();
        } catch (RuntimeException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the log's file could not be closed cleanly; nothing is lost",
                    failure);
        }
    }

    /** @param bytes how many the events have that it writes */
    private void commit(long bytes, Change change) {
        if (!file.isThere()) {
            throw lost();
        }
        try {
            if (!settled) {
                reopen();
            }
            tryCommit(change);
            return;
        } catch (Throwable first) {
            LOG.log(System.Logger.Level.WARNING, "writing " + file.path() + " failed; the hub opens it again", first);
        }
        try {
            reopen();
            tryCommit(change);
        } catch (Throwable second) {
            unwritten = bytes;
            fault = "the log's file cannot be written" + DiskFault.reason(second);
            LOG.log(
                    System.Logger.Level.ERROR,
                    file.path() + " cannot be written" + DiskFault.reason(second)
                            + ". Publishers get 503 until it can be. See that there is room, and that the container's"
                            + " user may write there",
                    second);
            reopenForReading();
            throw new LogUnavailableException("the log's file cannot be written", second);
        }
    }

    private void tryCommit(Change change) {
        settled = false;
        change.make();
        store.commit();
        durable = store.version();
        settled = true;
        commits++;
        removed = Math.max(removed, store.first() - 1);
    }

    private void recover() {
        if (!file.isThere()) {
            return;
        }
        if (!file.hasRoomFor(ROOM_BYTES + 2 * unwritten)) {
            fault = "the log's file cannot be written (there is too little room on its disk)";
            return;
        }
        try {
            reopen();
            store.touch();
            tryCommit(() -> {});
            fault = null;
            LOG.log(System.Logger.Level.INFO, file.path() + " can be written again");
        } catch (Throwable still) {
            LOG.log(System.Logger.Level.DEBUG, file.path() + " still cannot be written", still);
            fault = "the log's file cannot be written" + DiskFault.reason(still);
            reopenForReading();
        }
    }

    private LogUnavailableException lost() {
        fault = "the log's file was deleted or moved away";
        LOG.log(
                System.Logger.Level.ERROR,
                file.path()
                        + " was deleted or moved away. Publishers get 503, because their events would be lost at a"
                        + " restart. Move it back, or restart the hub to begin with an empty history");
        return new LogUnavailableException(fault);
    }

    private void reopenForReading() {
        try {
            reopen();
        } catch (Throwable unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "the log cannot be read either", unreadable);
        }
    }

    /** Opens the file as it was after the last durable commit. */
    private void reopen() {
        doubtful = false;
        store.abandon();
        EventStore opened = file.open();
        if (!opened.positions().equals(store.positions())) {
            opened.abandon();
            throw new IllegalStateException("the file is another log's");
        }
        while (opened.version() > durable) {
            opened.discardNewest();
            opened = file.open();
        }
        if (opened.version() < durable) {
            opened.abandon();
            throw new IllegalStateException("the file has lost what was synced");
        }
        store = opened;
        settled = true;
    }

    /** What a commit changes. It is made anew in each store in which the commit is tried. */
    private interface Change {

        void make();
    }
}
