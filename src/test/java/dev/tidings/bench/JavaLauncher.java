package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import dev.tidings.testing.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Starts a small program of the profile's, in a JVM of its own, which prints {@code listening on} and its port.
 *
 * <p><b>Threads.</b> Any.
 *
 * @param main its main class
 * @param libraries how the names of the files begin that are on its class path beside its own classes
 */
record JavaLauncher(String name, String main, Set<String> libraries, Set<Ability> abilities) implements Launcher {

    private static final Pattern PORT = Pattern.compile("listening on (\\d+)");

    @Override
    public boolean isHub() {
        return false;
    }

    @Override
    public Optional<String> missing() {
        return home().isPresent() ? Optional.empty() : Optional.of(main + " on the class path");
    }

    @Override
    public Target start(Path directory) {
        Path log = directory.resolve("server.log");
        ServerProcess process = PeerProcess.start(
                name,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HubLauncher.HEAP_MEGABYTES + "m",
                        "-cp",
                        classPath(),
                        main),
                directory,
                () -> port(log).find());
        Matcher port = port(log);
        if (!port.find()) {
            throw new IllegalStateException("no port in " + log);
        }
        return new PeerTarget(
                name,
                URI.create("http://127.0.0.1:" + port.group(1)),
                ProcessHandle.of(process.pid()),
                abilities,
                new ByPath(),
                process::close);
    }

    /** The part of our class path where its classes are. */
    private Optional<Path> home() {
        String file = main.replace('.', '/') + ".class";
        return entries().stream()
                .filter(entry -> Files.exists(entry.resolve(file)))
                .findFirst();
    }

    private String classPath() {
        return entries().stream()
                .filter(entry -> home().equals(Optional.of(entry))
                        || libraries.stream()
                                .anyMatch(
                                        prefix -> entry.getFileName().toString().startsWith(prefix)))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    private static Matcher port(Path log) {
        try {
            return PORT.matcher(Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
