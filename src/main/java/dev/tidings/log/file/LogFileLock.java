package dev.tidings.log.file;

import dev.tidings.logging.Logs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second hub, in this process or in another, away from a log's file.
 *
 * <p>The lock is on an empty file beside the log, whose name ends in {@code .lock}. The log's own file would not do: it is
 * closed and opened again after a failed write. The operating system releases the lock when the process ends, however it
 * ends. The empty file stays, because another process may have just opened it.
 *
 * <p>A hub of this process that has the file already is known by a system property. Then the lock's file is not even opened:
 * closing it would release that hub's lock, since such locks belong to the process (POSIX fcntl).
 *
 * <p><b>Threads.</b> One at a time.
 */
final class LogFileLock implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(LogFileLock.class);

    private static final String MARK = "dev.tidings.log.open:";

    private final Path path;
    private final FileChannel channel;

    private LogFileLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Locks the file for this hub. Null if another hub has it. */
    static @Nullable LogFileLock beside(Path file) throws IOException {
        Path real = real(file);
        Path path = real.resolveSibling(real.getFileName() + ".lock");
        if (System.getProperties().putIfAbsent(MARK + path, "") != null) {
            return null;
        }
        LogFileLock lock = null;
        try {
            lock = lock(path);
            return lock;
        } finally {
            if (lock == null) {
                System.clearProperty(MARK + path);
            }
        }
    }

    /** One path for all names of a file, so that a link does not lead around the lock. */
    private static Path real(Path file) throws IOException {
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file : folder.toRealPath().resolve(file.getFileName());
    }

    private static @Nullable LogFileLock lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new LogFileLock(path, channel);
            }
        } catch (OverlappingFileLockException inThisProcess) {
            LOG.log(System.Logger.Level.DEBUG, path + " has another name in this process", inThisProcess);
        } catch (IOException fault) {
            channel.close();
            throw fault;
        }
        channel.close();
        return null;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException fault) {
            LOG.log(System.Logger.Level.WARNING, "the lock on " + path + " could not be released", fault);
        } finally {
            System.clearProperty(MARK + path);
        }
    }
}
