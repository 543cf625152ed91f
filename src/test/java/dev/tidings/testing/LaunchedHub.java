package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hub that runs by {@code java -jar tidings.war}, on loopback and a free port unless its options say otherwise.
 *
 * <p>What it unpacks goes into a directory of its own, so that a test sees what is left.
 *
 * <p><b>Threads.</b> Any; it is ended by one.
 */
public final class LaunchedHub implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Pattern RUNS = Pattern.compile("Tidings runs at (https?://\\S+)/( |$)", Pattern.MULTILINE);

    private final Path temporary;
    private final ContainerLog log;
    private final Process process;
    private final Thread hook;
    private URI uri = URI.create("http://127.0.0.1/");

    private LaunchedHub(Path temporary, Path log, Process process) {
        this.temporary = temporary;
        this.log = new ContainerLog(log, 0);
        this.process = process;
        hook = new Thread(process::destroyForcibly, "end-launched-" + process.pid());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts one with these options, the key of {@link Tokens}, and no time for a drain unless the options give it some, and waits
     * until it answers requests.
     */
    public static LaunchedHub start(String... options) {
        var all = new ArrayList<>(List.of("--port", "0", "--jwt.key", Tokens.SECRET));
        all.addAll(List.of(options));
        return run(all, Map.of("TIDINGS_DRAIN", "0s")).awaitStart();
    }

    /** Starts one with this command line and environment, and waits for nothing. */
    public static LaunchedHub run(List<String> arguments, Map<String, String> environment) {
        try {
            Path directories =
                    Files.createDirectories(ContainerKind.pathFrom("test.war").resolveSibling("container-bases"));
            Path temporary = Files.createTempDirectory(directories, "launched-");
            Path log = temporary.resolveSibling(temporary.getFileName() + ".log");
            var builder = new ProcessBuilder(command(temporary, arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TIDINGS_"));
            builder.environment().putAll(environment);
            return new LaunchedHub(temporary, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path temporary, List<String> arguments) {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                ContainerKind.pathFrom("test.war").toString()));
        command.addAll(arguments);
        return command;
    }

    /** Waits until it answers requests. */
    public LaunchedHub awaitStart() {
        try {
            Eventually.holds(
                    "the launched hub runs",
                    START_LIMIT,
                    () -> !process.isAlive() || RUNS.matcher(log.text()).find());
            Matcher runs = RUNS.matcher(log.text());
            if (!runs.find()) {
                throw new AssertionError("The hub has ended: " + log.text());
            }
            uri = URI.create(runs.group(1));
            return this;
        } catch (Throwable failure) {
            end();
            throw failure;
        }
    }

    /** The base of every URI of the hub, no slash at its end. */
    public URI uri() {
        return uri;
    }

    /** Everything it has printed so far. */
    public String logText() {
        return log.text();
    }

    /** Says that this test provokes an error in the log, in whose record {@code regex} is found. */
    public void expectInLog(String regex) {
        log.expect(regex);
    }

    /** Where it unpacks the WAR. */
    public Path temporary() {
        return temporary;
    }

    /** Asks it to end, as systemd and Docker do. */
    public void terminate() {
        process.destroy();
    }

    /** Waits until it has ended, and returns its exit code. */
    public int awaitExit() {
        Eventually.holds("the launched hub has ended", () -> !process.isAlive());
        return process.exitValue();
    }

    /**
     * Ends it at once; the log stays.
     *
     * @throws AssertionError when the log holds trouble
     */
    @Override
    public void close() {
        end();
        log.check(toString());
    }

    private void end() {
        process.destroyForcibly();
        awaitExit();
        Runtime.getRuntime().removeShutdownHook(hook);
        Directories.delete(temporary);
    }

    @Override
    public String toString() {
        return "java -jar tidings.war (process " + process.pid() + ", " + uri + ", log " + log.file() + ")";
    }
}
