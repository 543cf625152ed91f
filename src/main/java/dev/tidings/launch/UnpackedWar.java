package dev.tidings.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The WAR in a directory of its own below {@code java.io.tmpdir}, which only our user may read.
 *
 * <p>Java cannot load classes from JARs within a JAR.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class UnpackedWar {

    private static final String LAUNCHER = "WEB-INF/launcher/";

    private final Path root;
    private final Path directory;

    private UnpackedWar(Path root) {
        this.root = root;
        // Beside it is room for what the server writes.
        directory = root.resolve("war");
    }

    /** Unpacks this file. If it cannot be unpacked, nothing is left of it. */
    static UnpackedWar of(Path war) throws IOException {
        var unpacked = new UnpackedWar(Files.createTempDirectory("tidings-"));
        try (var file = new ZipFile(war.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) file.stream().map(ZipEntry.class::cast)::iterator) {
                unpacked.add(file, entry);
            }
            return unpacked;
        } catch (IOException | RuntimeException failure) {
            unpacked.delete();
            throw failure;
        }
    }

    private void add(ZipFile file, ZipEntry entry) throws IOException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("its entry " + entry.getName() + " leads out of it");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, target);
        }
    }

    /** Where it is. */
    Path directory() {
        return directory;
    }

    /** The classes and libraries of the launcher and of the hub. */
    URL[] classPath() throws IOException {
        List<Path> places = new ArrayList<>();
        places.add(directory.resolve(LAUNCHER + "classes"));
        places.addAll(jars(LAUNCHER + "lib"));
        places.add(directory.resolve("WEB-INF/classes"));
        places.addAll(jars("WEB-INF/lib"));
        return places.stream().map(UnpackedWar::url).toArray(URL[]::new);
    }

    private List<Path> jars(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes all of it. What cannot be deleted stays, since nobody could do anything about it. */
    void delete() {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Tidings leaves " + root + " behind: " + e);
        }
    }
}
