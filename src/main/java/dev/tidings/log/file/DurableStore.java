package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.hub.LogUnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a log on a disk that may fail and recover.
 *
 * <p>A store dies of its first failed write. Here another is opened in its stead, in the state of the last
 * commit that was synced: whatever a failed commit left behind is taken back first, so that no event that
 * was refused is found afterwards, and its sequence number goes to the next. A commit that fails is tried once
 * more in the new store; then the log is down until {@link #maintain} finds that it can be written again. Meanwhile it is read
 * as far as it can be. A file whose name is gone is left open, so that what it holds can be read.
 *
 * <p><b>Threads.</b> One thread writes, rests and closes; any may read, and ask for the fault.
 */
final class DurableStore {

    private static final System.Logger LOG = System.getLogger(DurableStore.class.getName());

    /** So many forgotten events are left in the file before they are removed: removing one rewrites a page of them. */
    private static final int SWEEP = 64;

    /** So many are removed in one commit, so that it does not become slow by it; or twice what it adds, to keep up. */
    private static final int SWEEP_MOST = 4_096;

    /** After so many commits some of the space that they left behind is made ready for use again. */
    private static final int COMPACT_EVERY = 64;

    private final LogFile file;
    private volatile EventStore store;
    private volatile @Nullable String fault;
    private volatile boolean doubtful;

    /** Whether all that the store has is durable, so that nothing of a commit that an error ended is in it. */
    private boolean settled = true;

    private long durable;
    private long removed;
    private int commits;

    /**
     * @param file where it is opened again
     * @param store what it was opened as, all of it durable
     */
    DurableStore(LogFile file, EventStore store) {
        this.file = file;
        this.store = store;
        this.durable = store.version();
        this.removed = store.first() - 1;
    }

    /** Why it cannot be written, as a sentence; null when the last write went well. */
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
     * Writes events. When this returns they are on the disk.
     *
     * @param forgotten the sequence number up to which events may be removed from the file
     * @throws LogUnavailableException if they could not be written, and are not in the file
     */
    void write(List<Event> events, long forgotten) {
        requireWritable();
        boolean sweep = forgotten - removed >= SWEEP;
        commit(() -> {
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
     * The durable events after a sequence number that is taken for the newest: none, unless an error came between a commit and its being
     * known.
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
     * Does what can wait: removes forgotten events, makes space ready for use again, and looks whether a log that
     * was down can be written by now.
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
        commit(() -> {
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
        try {
            return store.readAfter(sequence, end, maxEvents, maxBytes);
        } catch (RuntimeException failure) {
            doubtful = true;
            throw new LogUnavailableException("the log's file cannot be read", failure);
        }
    }

    /** Closes the file and gives it back. */
    void close() {
        try (file) {
            if ((fault != null || !settled) && file.isThere()) {
                // So that what was refused is not found at the next start either.
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

    private void commit(Change change) {
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
            LOG.log(System.Logger.Level.WARNING, "writing " + file.path() + " failed; it is opened again", first);
        }
        try {
            reopen();
            tryCommit(change);
        } catch (Throwable second) {
            fault = "the log's file cannot be written" + DiskFault.reason(second);
            LOG.log(
                    System.Logger.Level.ERROR,
                    file.path() + " cannot be written" + DiskFault.reason(second)
                            + "; publishers get 503 until it can be. See that there is room, and that the container's"
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
                        + " was deleted or moved away; publishers get 503, for nobody would find their events after a"
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

    /** What is to be committed, made anew in each store that it is tried in. */
    private interface Change {

        void make();
    }
}
