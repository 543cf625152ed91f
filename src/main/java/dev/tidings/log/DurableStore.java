package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.hub.LogUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a log on a disk that may fail and recover.
 *
 * <p>A store dies of its first failed write. Here another is opened in its place, in the state of the last
 * commit that was synced: whatever a failed commit left behind is taken back first, so that no event that
 * was refused is found afterwards, and its place goes to the next. A commit that fails is tried once
 * more in the new store (an interrupted reader may have closed the file); then the log is down until
 * {@link #rest} finds that it can be written again. Meanwhile it is read as far as it can be.
 *
 * <p><b>Threads.</b> One thread writes, rests and closes; any may read.
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
    private volatile boolean writable = true;
    private volatile boolean doubtful;
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

    /** Whether the last write went well. */
    boolean writable() {
        return writable;
    }

    /** @throws LogUnavailableException unless {@link #writable} */
    void requireWritable() {
        if (!writable) {
            throw new LogUnavailableException("the log's file cannot be written");
        }
    }

    /**
     * Writes events. When this returns they are on the disk.
     *
     * @param forgotten the place up to which events may be removed from the file
     * @return the events that were removed, oldest first
     * @throws LogUnavailableException if they could not be written, and are not in the file
     */
    List<Event> write(List<Event> events, long forgotten) {
        requireWritable();
        boolean sweep = forgotten - removed >= SWEEP;
        return commit(() -> {
            events.forEach(store::add);
            if (commits % COMPACT_EVERY == COMPACT_EVERY - 1) {
                store.compact();
            }
            return sweep ? store.removeUpTo(forgotten, Math.max(SWEEP_MOST, 2 * events.size())) : List.of();
        });
    }

    /**
     * Does what can wait: removes forgotten events, makes space ready for use again, and looks whether a log that
     * was down can be written by now.
     *
     * @return the events that were removed, oldest first
     */
    List<Event> rest(long forgotten) {
        if (!writable || (doubtful && !store.readable())) {
            revive();
        }
        // The newest event stays in the file however old it is.
        if (!writable || (removed >= Math.min(forgotten, store.last() - 1) && commits == 0)) {
            return List.of();
        }
        List<Event> gone = commit(() -> {
            store.compact();
            return store.removeUpTo(forgotten, SWEEP_MOST);
        });
        commits = 0;
        return gone;
    }

    /**
     * The events after a place; null if they are not in the file any more.
     *
     * @param end the last place that may be read
     * @throws LogUnavailableException if the file cannot be read now
     */
    @Nullable
    List<Event> readAfter(long place, long end, int maxEvents, long maxBytes) {
        try {
            return store.readAfter(place, end, maxEvents, maxBytes);
        } catch (RuntimeException failure) {
            doubtful = true;
            throw new LogUnavailableException("the log's file cannot be read", failure);
        }
    }

    /** Closes the file and gives it back. */
    void close() {
        try (file) {
            if (!writable) {
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

    private List<Event> commit(Change change) {
        try {
            return tryCommit(change);
        } catch (Throwable first) {
            LOG.log(System.Logger.Level.WARNING, "writing the log failed; its file is opened again (" + first + ")");
        }
        try {
            reopen();
            return tryCommit(change);
        } catch (Throwable second) {
            writable = false;
            LOG.log(System.Logger.Level.ERROR, "the log cannot be written; publishers get 503 until it can be", second);
            reopenForReading();
            throw new LogUnavailableException("the log's file cannot be written", second);
        }
    }

    private List<Event> tryCommit(Change change) {
        List<Event> gone = change.make();
        store.commit();
        durable = store.version();
        commits++;
        removed = Math.max(removed, store.first() - 1);
        return gone;
    }

    private void revive() {
        try {
            reopen();
            store.touch();
            tryCommit(ArrayList::new);
            writable = true;
            LOG.log(System.Logger.Level.INFO, "the log can be written again");
        } catch (Throwable still) {
            LOG.log(System.Logger.Level.DEBUG, "the log still cannot be written", still);
            writable = false;
            reopenForReading();
        }
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
        while (opened.version() > durable) {
            opened.discardNewest();
            opened = file.open();
        }
        if (opened.version() < durable) {
            opened.abandon();
            throw new IllegalStateException("the file has lost what was synced");
        }
        store = opened;
    }

    /** What is to be committed, made anew in each store that it is tried in. */
    private interface Change {

        /** Makes it, and returns the events that are removed by it. */
        List<Event> make();
    }
}
