package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container of the {@link ContainerPool} that this JVM has to itself.
 *
 * <p>It has the lock on the container's file, in which stands how to find it: its process, its directory and its
 * address, a line for each, and how many bytes of its log have been checked, one more for each time it was given back.
 * The system frees the lock of a JVM that is gone, however it went.
 *
 * <p><b>Threads.</b> One. A JVM opens a file that it has locked no second time: to close that would free the lock.
 */
final class ContainerLease {

    /** Who is to blame for what a container says after its last class. */
    private static final String LAST = "The last that had it";

    private final Path file;
    private final FileChannel lock;
    private final Container container;

    private ContainerLease(Path file, FileChannel lock, Container container) {
        this.file = file;
        this.lock = lock;
        this.container = container;
    }

    /** Starts a container, and makes the file, which nobody sees before all is in it and it is locked. */
    static ContainerLease start(Path file, ContainerSpec spec) {
        Path unseen = file.resolveSibling("." + file.getFileName());
        try {
            FileChannel lock = FileChannel.open(unseen, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                lock.lock();
                Container container = spec.start();
                String lines = container.pid() + "\n" + container.base() + "\n" + container.uri() + "\n";
                lock.write(ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)));
                Files.move(unseen, file, StandardCopyOption.ATOMIC_MOVE);
                return new ContainerLease(file, lock, container);
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                Files.deleteIfExists(unseen);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the container of this file, unless another JVM has it or it is gone. */
    static @Nullable ContainerLease take(Path file, ContainerSpec spec) {
        try {
            FileChannel lock = lock(file);
            if (lock == null) {
                return null;
            }
            List<String> lines = lines(lock);
            Optional<ServerProcess> process = process(lines);
            if (process.isEmpty()) {
                remove(file, lock, lines);
                logOf(lines).checkLate(LAST);
                return null;
            }
            Path base = Path.of(lines.get(1));
            return new ContainerLease(
                    file,
                    lock,
                    Container.takeOver(spec, base, process.get(), URI.create(lines.get(2)), checked(lines)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the container of this file, unless a JVM has it. */
    static void closeUnused(Path file) {
        try {
            FileChannel lock = lock(file);
            if (lock != null) {
                List<String> lines = lines(lock);
                process(lines).ifPresent(ServerProcess::kill);
                remove(file, lock, lines);
                logOf(lines).checkLate(LAST);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ContainerLog logOf(List<String> lines) {
        return new ContainerLog(Container.logOf(Path.of(lines.get(1))), checked(lines));
    }

    Container container() {
        return container;
    }

    /** Whether this is the container to use where one like that is wanted. */
    boolean isFor(ContainerSpec spec) {
        return container.spec().equals(spec);
    }

    /** Leaves the container to others. */
    void giveBack() {
        container.leave();
        try (lock) {
            lock.write(ByteBuffer.wrap((container.checked() + "\n").getBytes(StandardCharsets.UTF_8)), lock.size());
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the container, when no test can fail any more. */
    void end() {
        container.closeLate();
        try (lock) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileChannel lock(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException closedMeanwhile) {
            return null;
        }
        if (channel.tryLock() == null) {
            channel.close();
            return null;
        }
        return channel;
    }

    private static List<String> lines(FileChannel lock) throws IOException {
        return new String(Channels.newInputStream(lock).readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** How many bytes of its log have been checked. */
    private static long checked(List<String> lines) {
        return lines.size() > 3 ? Long.parseLong(lines.get(lines.size() - 1)) : 0;
    }

    /** None where it is gone. */
    private static Optional<ServerProcess> process(List<String> lines) {
        return ServerProcess.left(Long.parseLong(lines.get(0)), lines.get(1));
    }

    private static void remove(Path file, FileChannel lock, List<String> lines) throws IOException {
        try (lock) {
            Directories.delete(Path.of(lines.get(1)));
            Files.deleteIfExists(file);
        }
    }
}
