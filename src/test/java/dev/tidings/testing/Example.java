package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
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
 * One of the applications in {@code src/examples}, or the hub itself, in a copy of its own beside the WAR, so that what
 * Maven does there changes nothing in the checkout. The copy is deleted when this is closed, and what was started in it
 * has ended; logs stay.
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
        return inCopy(name, checkout -> copy(Path.of("src/examples", name), checkout));
    }

    /** The one in the directory of this name, in what looks like a checkout after its build. */
    public static Example ofBuilt(String name) {
        return inCopy(name, checkout -> {
            copy(Path.of("src/examples", name), checkout);
            copyAs(ContainerKind.pathFrom("test.jetty.base"), checkout.resolve("jetty-base"));
            Files.copy(ContainerKind.pathFrom("test.war"), checkout.resolve("target/tidings.war"));
        });
    }

    /** The hub itself, compiled as the WAR has it: what Maven needs to run it, and no tests. */
    public static Example ofHub() {
        return inCopy("hub", checkout -> {
            copy(Path.of("pom.xml"), checkout);
            copy(Path.of(".mvn"), checkout);
            copy(Path.of("src/main"), checkout);
            try (FileSystem war = FileSystems.newFileSystem(ContainerKind.pathFrom("test.war"))) {
                copyAs(war.getPath("WEB-INF/classes"), checkout.resolve("target/classes"));
            }
        });
    }

    private static Example inCopy(String name, Filling filling) {
        try {
            Path bases = Files.createDirectories(
                    ContainerKind.pathFrom("test.war").toAbsolutePath().resolveSibling("examples"));
            Path checkout = Files.createTempDirectory(bases, name + "-");
            Files.createDirectories(checkout.resolve("target"));
            filling.fill(checkout);
            return new Example(checkout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a file or a directory to where it is in the checkout. */
    private static void copy(Path original, Path checkout) throws IOException {
        copyAs(original, checkout.resolve(original));
    }

    /** Copies a file, or a directory but for what was built in it. */
    private static void copyAs(Path original, Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(file -> !file.startsWith(original.resolve("target")))
                    .toList()) {
                Path target = copy.resolve(original.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private interface Filling {

        void fill(Path checkout) throws IOException;
    }

    /** The directory that stands for the checkout's own: the application is below {@code src/examples} in it. */
    public Path checkout() {
        return checkout;
    }

    /**
     * Runs lines of a shell in the {@link #checkout} until they end, or this is closed; they see these variables. Maven is
     * the one that runs the build.
     */
    public ServerProcess run(String lines, Map<String, String> variables) {
        var command = new ArrayList<String>(List.of("env"));
        String maven = System.getProperty("test.maven.home");
        if (maven != null) {
            command.add("PATH=" + maven + "/bin:" + System.getenv("PATH"));
        }
        Jvm.BRIEF.forEach((name, value) -> command.add(name + "=" + value));
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
