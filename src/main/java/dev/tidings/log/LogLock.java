package dev.tidings.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What keeps a second hub, in this process or in another, from a log's file.
 *
 * <p>It is a lock on an empty file beside it, whose name ends in {@code .lock}: the log's own file is closed and opened
 * again after a failed write, and must be nobody else's meanwhile. The operating system gives the lock back
 * when the process ends, however it ends. The empty file stays: to remove it would be to take it from under
 * somebody who has just opened it.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class LogLock implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LogLock.class.getName());

    private final Path path;
    private final FileChannel channel;
    private final boolean ours;

    private LogLock(Path path, FileChannel channel, boolean ours) {
        this.path = path;
        this.channel = channel;
        this.ours = ours;
    }

    /** Tries to lock the file for this hub. */
    static LogLock beside(Path file) throws IOException {
        Path path = file.resolveSibling(file.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return new LogLock(path, channel, channel.tryLock() != null);
        } catch (OverlappingFileLockException inThisProcess) {
            return new LogLock(path, channel, false);
        } catch (IOException fault) {
            channel.close();
            throw fault;
        }
    }

    /** Whether the file is this hub's alone. */
    boolean isOurs() {
        return ours;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException fault) {
            LOG.log(System.Logger.Level.WARNING, path + " could not be given back", fault);
        }
    }
}
