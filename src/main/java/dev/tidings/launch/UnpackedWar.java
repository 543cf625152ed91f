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
 * <p><b>Threads.</b> Any; Java may begin to exit while the WAR is unpacked.
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

    /** Makes the directory, which is empty until the WAR is unpacked there. */
    static UnpackedWar inTemporaryDirectory() throws IOException {
        return new UnpackedWar(Files.createTempDirectory("tidings-"));
    }

    /** Unpacks this file. Nothing is unpacked into a directory that was deleted. */
    synchronized void unpack(Path war) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        try (var file = new ZipFile(war.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) file.stream().map(ZipEntry.class::cast)::iterator) {
                add(file, entry);
            }
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
    synchronized void delete() {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Tidings leaves " + root + " behind: " + e);
        }
    }
}
