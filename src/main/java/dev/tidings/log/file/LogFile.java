package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.log.HistoryIndex;
import dev.tidings.log.LogPositions;
import dev.tidings.log.RecentEvents;
import dev.tidings.log.Retention;
import dev.tidings.logging.Logs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The file of a log. Until {@link #close} it belongs to this hub alone. If there is no file, it is made.
 *
 * <p><b>Threads.</b> One at a time. Any thread may ask for the path.
 */
final class LogFile implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(LogFile.class);

    private static final long MEBIBYTE = 1 << 20;

    private final Path path;
    private final Path directory;
    private final String name;
    private final LogFileLock lock;

    /** A log as it was found: its open file, the index of its events, and the newest of them. */
    record Opened(EventStore store, HistoryIndex index, RecentEvents recent) {}

    /**
     * Takes the file for this hub.
     *
     * @param layer the prefix of a layer that MVStore puts between itself and the file; empty for none
     * @throws IllegalArgumentException with a sentence for the operator, if that is not possible
     */
    LogFile(Path path, String layer) {
        this.path = path;
        this.name = layer + path;
        this.directory = requireFile(path);
        LogFileLock locked;
        try {
            locked = LogFileLock.beside(path);
        } catch (IOException fault) {
            throw unusable(fault);
        }
        if (locked == null) {
            throw inUse(null);
        }
        this.lock = locked;
    }

    /**
     * Opens the log for the first time, and reads all of it. If there is no log, it is made.
     *
     * <p>A process that was killed, or a machine that lost its power, may leave the last commit there in part. That commit was
     * never answered, and is skipped. Whatever else cannot be read is damage.
     *
     * @throws IllegalArgumentException with a sentence for the operator, if it cannot be used
     */
    Opened openFirst(Retention retention, Instant birth) {
        try {
            if (Files.notExists(path)) {
                create(birth);
            }
            deleteCopy();
            if (Files.size(path) == 0) {
                throw new IllegalArgumentException(path + " is empty; remove it, and the hub begins a log there");
            }
            return openAndRead(retention);
        } catch (OutOfMemoryError small) {
            throw tooLarge(small);
        } catch (UnknownFormatException newer) {
            throw unknownFormat("format " + newer.getMessage() + ", this one reads " + EventStores.FORMAT, newer);
        } catch (MVStoreException fault) {
            LOG.log(System.Logger.Level.WARNING, "opening " + path + " failed", fault);
            throw fault.getCause() instanceof OutOfMemoryError small ? tooLarge(small) : refusal(fault);
        } catch (IOException fault) {
            throw unusable(fault);
        }
    }

    /**
     * Opens the log again, without reading it.
     *
     * @throws IllegalStateException if the file is gone, because opening it would begin another log
     */
    EventStore open() {
        if (!isThere()) {
            throw new IllegalStateException(path + " is not there any more");
        }
        return EventStores.open(name, null);
    }

    /** Begins a new file beside this one, for the same log. Where there is one, a hub was killed while it copied. */
    EventStore beginCopy(LogPositions positions) throws IOException {
        Path copy = copy();
        Files.deleteIfExists(copy);
        EventStore events = EventStores.begin(copy.toString(), positions);
        if (Files.getFileStore(copy).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(path));
        }
        return events;
    }

    /** Gives the name of this file to the new one, which is closed and on the disk. The old one is gone then. */
    void replaceByCopy() throws IOException {
        Files.move(copy(), path.toRealPath(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
    }

    /** Deletes the new file, if there is one. */
    void deleteCopy() {
        try {
            Files.deleteIfExists(copy());
        } catch (IOException fault) {
            LOG.log(System.Logger.Level.WARNING, "a file that was begun beside " + path + " cannot be deleted", fault);
        }
    }

    /** Beside the file itself, also if its path is a link. */
    private Path copy() throws IOException {
        Path real = path.toRealPath();
        return real.resolveSibling(real.getFileName() + ".new");
    }

    /**
     * Whether the file still has its name. A file that was deleted, alone or with its directory, can be written as before, but
     * a restart would not find it.
     */
    boolean isThere() {
        return Files.exists(path);
    }

    /** Whether its disk has so many bytes left, as far as the disk tells. */
    boolean hasRoomFor(long bytes) {
        try {
            return Files.getFileStore(directory).getUsableSpace() >= bytes;
        } catch (IOException unknown) {
            LOG.log(System.Logger.Level.DEBUG, "how much room there is cannot be asked", unknown);
            return true;
        }
    }

    /** The path as the operator gave it. */
    Path path() {
        return path;
    }

    /** Gives up the file's lock. */
    @Override
    public void close() {
        lock.close();
    }

    private Opened openAndRead(Retention retention) {
        var index = new HistoryIndex(retention, new EventSizes());
        var recent = new RecentEvents(retention);
        EventStore store = EventStores.open(name, event -> {
            List<Event> one = List.of(event);
            index.prepare(one);
            index.add(event);
            recent.add(one);
        });
        return new Opened(store, index, recent);
    }

    /** Writes the file under another name and then renames it, so that no half-made file ever has the name. */
    private void create(Instant birth) throws IOException {
        Path made = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(made);
        EventStores.create(made.toString(), birth);
        Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory();
    }

    /** Syncs the directory. Otherwise a power cut may take the name away again. */
    private void forceDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException unreadable) {
            // Every directory is unreadable on Windows, which writes names at once.
            LOG.log(System.Logger.Level.DEBUG, "the directory of the log cannot be synced", unreadable);
        }
    }

    /** Checks that there can be such a file, and returns its directory. */
    private static Path requireFile(Path path) {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(path)) {
            throw new IllegalArgumentException(path + " is a directory; give the path of a file in it");
        }
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "there is no directory " + directory + "; make it, and let the container's user write there");
        }
        if (Files.exists(path) && !(Files.isReadable(path) && Files.isWritable(path))) {
            throw new IllegalArgumentException(path + " cannot be read and written; let the container's user do both");
        }
        return directory;
    }

    private IllegalArgumentException tooLarge(OutOfMemoryError fault) {
        return new IllegalArgumentException(
                path + " has " + path.toFile().length() / MEBIBYTE
                        + " MiB, and its history does not fit into the heap of "
                        + Runtime.getRuntime().maxMemory() / MEBIBYTE
                        + " MiB. An event takes 12 bytes of it, and about 100 more if its publisher gave an id. The newest"
                        + " events take up to 53 MiB more. Start"
                        + " the container with a larger -Xmx, or set tidings.history.events lower",
                fault);
    }

    private IllegalArgumentException refusal(MVStoreException fault) {
        return switch (fault.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED -> inUse(fault);
            case DataUtils.ERROR_UNSUPPORTED_FORMAT -> unknownFormat("a newer store's", fault);
            case DataUtils.ERROR_WRITING_FAILED -> unusable(fault);
            default -> damaged(fault);
        };
    }

    private IllegalArgumentException damaged(Exception fault) {
        return new IllegalArgumentException(
                path + " is damaged, or not a log of Tidings" + DiskFault.reason(fault)
                        + "; put a copy of it back, or move it away to begin with an empty history",
                fault);
    }

    private IllegalArgumentException inUse(@Nullable Exception fault) {
        return new IllegalArgumentException(
                path + " is in use by another hub; stop that one, or give each a file of its own", fault);
    }

    private IllegalArgumentException unknownFormat(String formats, Exception fault) {
        return new IllegalArgumentException(
                path + " was written by another version of Tidings (" + formats
                        + "); deploy that version, or give the path of another file",
                fault);
    }

    private IllegalArgumentException unusable(Exception fault) {
        return new IllegalArgumentException(
                path + " cannot be used" + DiskFault.reason(fault) + "; see that the container's user may write in "
                        + directory + " and that there is room",
                fault);
    }
}
