package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.log.LogPositions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The events of a log in one open file, by their sequence numbers.
 *
 * <p>The file also has its format, and the log's origin, whose epoch makes positions survive a restart ({@link EventStores}). A
 * store dies of its first failed write. Then {@link #abandon} it, and open another.
 *
 * <p><b>Threads.</b> One thread at a time writes. Any thread may read meanwhile, and waits for no write.
 */
final class EventStore {

    /** If less than this share of a file's chunks is still of use, some are written anew, in percent. */
    private static final int COMPACT_BELOW = 60;

    /** How much is written anew in one go, in bytes, so that no commit becomes slow. */
    private static final int COMPACT_BYTES = 1 << 20;

    private final ChecksummedFileStore file;
    private final MVStore store;
    private final LogPositions positions;
    private final MVMap<Long, Event> events;
    private final RevocationMap revocations;

    EventStore(ChecksummedFileStore file, MVStore store, LogPositions positions) {
        this.file = file;
        this.store = store;
        this.positions = positions;
        this.events = store.openMap(
                "events",
                new MVMap.Builder<Long, Event>()
                        .keyType(LongDataType.INSTANCE)
                        .valueType(new EventDataType(positions)));
        this.revocations = new RevocationMap(store);
    }

    /** The revocations in the file. */
    RevocationMap revocations() {
        return revocations;
    }

    LogPositions positions() {
        return positions;
    }

    /** Which state of the file this is: one more with each {@link #commit}. */
    long version() {
        return store.getCurrentVersion();
    }

    /** The sequence number of the oldest event in the file, or 1. */
    long first() {
        Long first = events.firstKey();
        return first == null ? 1 : first;
    }

    /** The sequence number of the newest event in the file; 0 if there never was one. */
    long last() {
        Long last = events.lastKey();
        return last == null ? 0 : last;
    }

    /**
     * Gives all events, in order.
     *
     * @throws MVStoreException if one is missing or cannot be read
     */
    void forEach(Consumer<Event> reader) {
        long sequence = 0;
        for (Cursor<Long, Event> cursor = events.cursor(null); cursor.hasNext(); ) {
            long next = cursor.next();
            if (sequence > 0 && next != sequence + 1) {
                throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "Event {0} is missing", sequence + 1);
            }
            sequence = next;
            reader.accept(cursor.getValue());
        }
    }

    /**
     * The events after a sequence number, oldest first. Null if the first of them is not in the file any more.
     *
     * @param end the last sequence number that may be read
     */
    @Nullable
    List<Event> readAfter(long sequence, long end, int maxEvents, long maxBytes) {
        var page = new ArrayList<Event>();
        // Otherwise the space of pages that are being read could be used again for what is written meanwhile.
        MVStore.TxCounter reading = store.registerVersionUsage();
        try {
            long taken = 0;
            Cursor<Long, Event> cursor = events.cursor(sequence + 1, end, false);
            while (page.size() < maxEvents && cursor.hasNext()) {
                long next = cursor.next();
                Event event = cursor.getValue();
                taken += event.size();
                if (next != sequence + 1 + page.size()) {
                    return null;
                }
                if (!page.isEmpty() && taken > maxBytes) {
                    break;
                }
                page.add(event);
            }
            return page.isEmpty() && sequence < end ? null : page;
        } finally {
            store.deregisterVersionUsage(reading);
        }
    }

    /** Adds the event after the newest. */
    void add(Event event) {
        if (event.sequence() != last() + 1) {
            // Memory and file differ. No event is better than two with the same sequence number.
            throw new IllegalStateException("the file ends at " + last() + ", not before " + event.sequence());
        }
        events.put(event.sequence(), event);
    }

    /** Adds an event of another file, whichever is the first. */
    void copy(Event event) {
        events.put(event.sequence(), event);
    }

    /**
     * Removes the oldest events up to a sequence number, and not more of them than a bound. The newest event of all stays,
     * because the log goes on after its sequence number.
     */
    void removeUpTo(long sequence, int most) {
        long first = first();
        long last = Math.min(Math.min(sequence, last() - 1), first + most - 1);
        for (long next = first; next <= last; next++) {
            events.remove(next);
        }
    }

    /** Writes what was added and removed, and returns when it is on the disk. */
    void commit() {
        store.commit();
        store.sync();
    }

    /** Changes an entry without meaning, so that the next {@link #commit} has something to write. */
    void touch() {
        about(store).put("tried", String.valueOf(version()));
    }

    /** Whether the file is open and can be read. */
    boolean readable() {
        try {
            file.readFully(null, 0, 1);
            return true;
        } catch (MVStoreException failure) {
            return false;
        }
    }

    /** Prepares some of the file's space for use again; takes effect with the commits that follow. */
    void compact() {
        store.compact(COMPACT_BELOW, COMPACT_BYTES);
    }

    /** Takes back the newest commit, and closes the file. */
    void discardNewest() {
        try {
            file.discardNewest();
        } finally {
            abandon();
        }
    }

    /** Closes the file, with a mark that nothing can be missing. */
    void close() {
        try {
            store.close();
        } finally {
            abandon();
        }
    }

    /** Closes the file as it is. */
    void abandon() {
        store.closeImmediately();
    }

    /** The entries that describe a file. */
    static MVMap<String, String> about(MVStore store) {
        return store.openMap(
                "tidings",
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
    }
}
