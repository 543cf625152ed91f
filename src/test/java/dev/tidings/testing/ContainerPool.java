package dev.tidings.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The containers that all JVMs of a build use in turn: one file for each, beside the WAR, which is locked while it is
 * used.
 *
 * <p>The one that was not used longest is closed when there are more than {@value #MOST}. Files of containers that
 * are gone are taken away when they are met.
 *
 * <p><b>Threads.</b> One for each JVM, and any number of JVMs.
 */
final class ContainerPool {

    private static final System.Logger LOG = System.getLogger(ContainerPool.class.getName());

    private static final int MOST = 24;

    /** One that runs already and nobody uses, or a new one. */
    ContainerLease lease(ContainerSpec spec) {
        String name = nameOf(spec);
        for (Path file : files()) {
            if (file.getFileName().toString().startsWith(name)) {
                ContainerLease lease = ContainerLease.take(file, spec);
                if (lease != null) {
                    return lease;
                }
            }
        }
        ContainerLease lease = ContainerLease.start(directory().resolve(name + "." + UUID.randomUUID()), spec);
        List<Path> files = files();
        files.stream().limit(Math.max(0, files.size() - MOST)).forEach(ContainerPool::close);
        return lease;
    }

    /** Closes those that no JVM uses, one even when another cannot be. */
    void closeUnused() {
        for (Path file : files()) {
            try {
                close(file);
            } catch (RuntimeException | Error failure) {
                LOG.log(System.Logger.Level.ERROR, "a container may be running still: " + file, failure);
            }
        }
    }

    private static void close(Path file) {
        ContainerLease.closeUnused(file);
    }

    /** The files of all, that which was not used longest first. */
    private static List<Path> files() {
        File[] files = directory().toFile().listFiles((directory, name) -> !name.startsWith("."));
        return Stream.of(files == null ? new File[0] : files)
                .map(file -> Map.entry(file.lastModified(), file.toPath()))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    private static Path directory() {
        try {
            return Files.createDirectories(ContainerKind.pathFrom("test.war").resolveSibling("shared-containers"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for those that are equal, in whichever JVM; another when the WAR was built anew. */
    private static String nameOf(ContainerSpec spec) {
        Object[] parts = {
            spec.war(),
            spec.war().toFile().lastModified(),
            spec.kind().name(),
            spec.contextPath(),
            spec.settings(),
            spec.process(),
            spec.http(),
            spec.database()
        };
        return UUID.nameUUIDFromBytes(Arrays.toString(parts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
