package dev.tidings.log.file;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.log.LogPositions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Objects;
import java.util.function.Consumer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Makes and opens the files of {@link EventStore}.
 *
 * <p>A file names its format, so that a version of Tidings that does not know that format leaves the file alone. It also
 * names its log, so that the log's positions are known after a restart.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class EventStores {

    /**
     * The format that this version of Tidings writes, and the only one that it reads. It changes with the layout of an event
     * ({@link EventDataType}). Format 1 had two layouts, so no version can tell how to read it.
     */
    static final int FORMAT = 2;

    /** How much of a file is cached in memory, in bytes. */
    static final long CACHE_BYTES = 32L << 20;

    private EventStores() {}

    /** Writes a file without events, and closes it. */
    static void create(String name, Instant birth) {
        EventStore events = begin(name, new LogPositions(new Position(Epoch.startingAt(birth), 0)));
        events.close();
    }

    /** Begins a file without events, of a log that has these positions. */
    static EventStore begin(String name, LogPositions positions) {
        ChecksummedFileStore file = openFile(name);
        MVStore store = openStore(file);
        try {
            MVMap<String, String> about = EventStore.about(store);
            about.put("format", String.valueOf(FORMAT));
            about.put("origin", positions.origin().toString());
            return new EventStore(file, store, positions);
        } catch (RuntimeException | OutOfMemoryError failure) {
            store.closeImmediately();
            throw failure;
        }
    }

    /**
     * Opens a file.
     *
     * @param reader gets every event, in order; null to read none
     * @throws MVStoreException if the file cannot be read, or is not a log of Tidings
     * @throws UnknownFormatException if another version of Tidings wrote it
     */
    static EventStore open(String name, @Nullable Consumer<Event> reader) {
        ChecksummedFileStore file = openFile(name);
        MVStore store = openStore(file);
        try {
            // What a killed process wrote may be in the system's memory only. From now on it counts as answered.
            store.sync();
            var events = new EventStore(file, store, positions(EventStore.about(store)));
            if (reader != null) {
                events.forEach(reader);
            }
            return events;
        } catch (RuntimeException | OutOfMemoryError failure) {
            store.closeImmediately();
            throw failure;
        }
    }

    private static LogPositions positions(MVMap<String, String> about) {
        String format = about.get("format");
        if (format != null && !format.equals(String.valueOf(FORMAT))) {
            throw new UnknownFormatException(format);
        }
        Position origin = Position.parse(Objects.toString(about.get("origin")));
        if (origin == null) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "It does not say of which log it is");
        }
        return new LogPositions(origin);
    }

    private static ChecksummedFileStore openFile(String name) {
        var config = new HashMap<String, Object>();
        config.put("cacheSize", (int) (CACHE_BYTES >> 20));
        var file = new ChecksummedFileStore(config);
        file.open(name, false, null);
        return file;
    }

    /** Opens a store without threads of its own, which writes only when it is told to. */
    private static MVStore openStore(ChecksummedFileStore file) {
        try {
            MVStore store = new MVStore.Builder()
                    .adoptFileStore(file)
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .open();
            // Every commit is synced before the next begins. So space that the newest commits do not need is free at
            // once.
            store.setRetentionTime(0);
            return store;
        } catch (RuntimeException failure) {
            closeQuietly(file, failure);
            throw failure;
        }
    }

    private static void closeQuietly(ChecksummedFileStore file, RuntimeException failure) {
        try {
            file.close();
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }
}
