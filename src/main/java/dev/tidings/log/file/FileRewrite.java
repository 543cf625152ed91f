package dev.tidings.log.file;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.LocalHistory;
import dev.tidings.log.RecentEvents;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Erases events from a log's file. It copies all that is stored to a new file, without those events, and puts the new file in the
 * place of the old one. The revocations that are kept in the file are copied as they are.
 *
 * <p>Removing the events from the old file would not do. What is removed there stays readable, in the middle of pages that are
 * still used, and in space that is free, until something else is written over it. The new file has nothing but what is stored.
 * So what history has forgotten before is gone as well. A crash leaves one of the two files, whole: the new one gets the name when
 * all of it is on the disk.
 *
 * <p><b>Threads.</b> That which writes the log. It copies in steps, so that publishers wait for one step at most.
 */
final class FileRewrite {

    /** How many events one step copies, and how many bytes. */
    private static final int STEP_EVENTS = 1_024;

    private static final long STEP_BYTES = 1L << 20;

    /** If no more than this is left, the last step copies it. */
    private static final int FEW_EVENTS = 500;

    private final LogFile file;
    private final DurableStore store;
    private final LocalHistory history;
    private final RecentEvents recent;
    private final List<Event> remains;
    private final Map<Long, Event> bySequence = new HashMap<>();

    private @Nullable EventStore copy;

    /** The sequence number up to which events are copied. */
    private long copied;

    /** @param remains what is left of the events that are erased */
    FileRewrite(LogFile file, DurableStore store, LocalHistory history, RecentEvents recent, List<Event> remains) {
        this.file = file;
        this.store = store;
        this.history = history;
        this.recent = recent;
        this.remains = remains;
        remains.forEach(left -> bySequence.put(left.sequence(), left));
    }

    /**
     * Copies the next events.
     *
     * @return whether {@link #finish} should follow
     */
    boolean copySome() {
        try {
            EventStore to = copy();
            List<Event> page = read(STEP_EVENTS, STEP_BYTES);
            page.forEach(event -> to.copy(bySequence.getOrDefault(event.sequence(), event)));
            to.commit();
            copied += page.size();
            return history.end().sequence() - copied <= FEW_EVENTS;
        } catch (IOException | RuntimeException failure) {
            throw failed(failure);
        }
    }

    /**
     * Copies what is left, and replaces the file.
     *
     * @return how many events were erased that were still stored
     */
    int finish() {
        while (copied < history.end().sequence()) {
            copySome();
        }
        EventStore whole = copy;
        if (whole == null) {
            return 0;
        }
        try {
            store.revocations().forEach(whole.revocations()::put);
            whole.commit();
            long version = whole.version();
            whole.close();
            store.replace(version);
        } catch (IOException | RuntimeException failure) {
            throw failed(failure);
        }
        copy = null;
        recent.erase(remains);
        return history.erase(remains);
    }

    /** Gives up the new file, unless it has replaced the old one. */
    void close() {
        EventStore unfinished = copy;
        copy = null;
        if (unfinished != null) {
            unfinished.abandon();
            file.deleteCopy();
        }
    }

    private EventStore copy() throws IOException {
        if (copy == null) {
            EventStore begun = file.beginCopy(history.positions());
            copy = begun;
            long end = history.end().sequence();
            copied = Math.min(history.start().sequence(), end);
            if (copied == end && end > 0) {
                // The log goes on after the sequence number of the newest event, although it is stored no more.
                List<Event> newest = store.readAfter(end - 1, end, 1, 1);
                requireNonNull(newest).forEach(event -> begun.copy(event.isErased() ? event : event.erased()));
            }
        }
        return copy;
    }

    private List<Event> read(int maxEvents, long maxBytes) {
        List<Event> page = store.readAfter(copied, history.end().sequence(), maxEvents, maxBytes);
        if (page == null) {
            throw new LogUnavailableException("history has moved past what was being copied; try again");
        }
        return page;
    }

    private LogUnavailableException failed(Exception failure) {
        close();
        return new LogUnavailableException(
                "the log's file could not be written anew" + DiskFault.reason(failure)
                        + ". See that there is room for a second one beside it",
                failure);
    }
}
