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
 * <p>A file says in which format it is, so that a version of Tidings that does not know it leaves it alone, and
 * which log it is, so that its positions are known after a restart.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class EventStores {

    /** What this version of Tidings writes, and all that it reads. */
    static final int FORMAT = 1;

    /** How much of a file is kept in memory, in bytes. */
    static final long CACHE_BYTES = 32L << 20;

    private EventStores() {}

    /** Writes a file that holds no event yet, and closes it. */
    static void create(String name, Instant birth) {
        ChecksummedFileStore file = openFile(name);
        MVStore store = openStore(file);
        try {
            MVMap<String, String> about = EventStore.about(store);
            about.put("format", String.valueOf(FORMAT));
            about.put("origin", new Position(Epoch.startingAt(birth), 0).toString());
            store.close();
        } finally {
            store.closeImmediately();
        }
    }

    /**
     * Opens a file.
     *
     * @param reader gets every event, in order; null to read none
     * @throws MVStoreException if it cannot be read, or is none of ours
     * @throws UnknownFormatException if another version of Tidings wrote it
     */
    static EventStore open(String name, @Nullable Consumer<Event> reader) {
        ChecksummedFileStore file = openFile(name);
        MVStore store = openStore(file);
        try {
            // What a killed process wrote may be in memory only. From now on it is as good as answered.
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

    /** A store without threads of its own, which writes when it is told to and not otherwise. */
    private static MVStore openStore(ChecksummedFileStore file) {
        try {
            MVStore store = new MVStore.Builder()
                    .adoptFileStore(file)
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .open();
            // Every commit is synced before the next begins, so what the last five do not need is free.
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
