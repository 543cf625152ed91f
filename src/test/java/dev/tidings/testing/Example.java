package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One of the applications in {@code src/examples}, in a copy of its own beside the WAR, so that building it changes
 * nothing in the checkout. The copy is deleted when this is closed, and what was started in it has ended; logs stay.
 *
 * <p><b>Threads.</b> One.
 */
public final class Example implements AutoCloseable {

    /** Its libraries may have to be downloaded. */
    public static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

    private static final int TAIL_LINES = 60;

    private final Path checkout;
    private final List<ServerProcess> started = new ArrayList<>();

    private Example(Path checkout) {
        this.checkout = checkout;
    }

    /** The one in the directory of this name. */
    public static Example of(String name) {
        Path original = Path.of("src/examples", name);
        try {
            Path bases = Files.createDirectories(
                    ContainerKind.pathFrom("test.war").toAbsolutePath().resolveSibling("examples"));
            Path checkout = Files.createTempDirectory(bases, name + "-");
            try (Stream<Path> files = Files.walk(original)) {
                for (Path file : files.filter(file -> !file.startsWith(original.resolve("target")))
                        .toList()) {
                    Path target = checkout.resolve(file);
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target);
                    }
                }
            }
            Files.createDirectories(checkout.resolve("target"));
            return new Example(checkout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory that stands for the checkout's own: the application is below {@code src/examples} in it. */
    public Path checkout() {
        return checkout;
    }

    /** Runs lines of a shell in the {@link #checkout} until they end, or this is closed; they see these variables. */
    public ServerProcess run(String lines, Map<String, String> variables) {
        var command = new ArrayList<String>(List.of("env"));
        variables.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("bash", "-e", "-c", lines));
        ServerProcess process = ServerProcess.start(command, checkout, log());
        started.add(process);
        return process;
    }

    /** What {@code pattern}'s group finds in the log once it is there; fails when the process ends before. */
    public String await(Pattern pattern, ServerProcess process) {
        Eventually.holds(
                "'" + pattern + "' in " + log(),
                BUILD_LIMIT,
                () -> !process.isAlive() || pattern.matcher(logText()).find());
        Matcher found = pattern.matcher(logText());
        if (!found.find()) {
            List<String> lines = logText().lines().toList();
            throw new AssertionError("The process ended; the end of " + log() + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())));
        }
        return found.group(1);
    }

    /** Where all that was printed is kept. */
    public Path log() {
        return checkout.resolveSibling(checkout.getFileName() + ".log");
    }

    /** All that was printed so far. */
    public String logText() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(ServerProcess::kill);
        Directories.delete(checkout);
    }
}
