package dev.tidings.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A program in Node.js, which a developer may lack: then whoever asks for one is skipped, with a word on how to get it. With
 * {@code CI=true} it fails.
 *
 * <p><b>Threads.</b> Any. A daemon thread reads what the program prints.
 */
public final class NodeProgram implements AutoCloseable {

    private static final Duration INSTALL = Duration.ofMinutes(1);
    private static final int OLDEST = 20;
    private static final String MISSING = "tidings.js is not tested: install Node.js " + OLDEST + " or later";

    private final Process process;
    private final Thread reader = new Thread(this::read, "node-program");
    private final List<String> printed = new CopyOnWriteArrayList<>();

    private NodeProgram(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs {@code node} with these arguments and variables, in the directory of the build. */
    public static NodeProgram start(Map<String, String> variables, String... arguments) {
        var command = new ArrayList<String>();
        command.add(node().toString());
        command.addAll(List.of(arguments));
        return new NodeProgram(process(command, variables));
    }

    /** Runs lines of a shell, which use {@code npm}, in this directory. Nothing is fetched. */
    public static void install(Path directory, String lines) {
        node();
        Executable.require("npm", MISSING);
        var builder =
                new ProcessBuilder("sh", "-ec", lines).redirectErrorStream(true).directory(directory.toFile());
        builder.environment()
                .putAll(Map.of("npm_config_offline", "true", "npm_config_audit", "false", "npm_config_fund", "false"));
        new NodeProgram(started(builder)).awaitEnd(INSTALL);
    }

    private static Path node() {
        Path node = Executable.require("node", MISSING);
        String version = new NodeProgram(process(List.of(node.toString(), "--version"), Map.of()))
                .awaitEnd(Eventually.LIMIT)
                .strip();
        if (Integer.parseInt(version.replaceAll("v(\\d+).*", "$1")) >= OLDEST) {
            return node;
        }
        String sentence = "This is Node.js " + version + ", so " + MISSING;
        assertThat(Boolean.parseBoolean(System.getenv("CI"))).as(sentence).isFalse();
        System.err.println(sentence);
        return Assumptions.abort(sentence);
    }

    private static Process process(List<String> command, Map<String, String> variables) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        return started(builder);
    }

    private static Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that it has printed so far. */
    public List<String> lines() {
        return List.copyOf(printed);
    }

    /** Waits until it ends, as it has to by itself and well, and returns all that it printed. */
    public String awaitEnd(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("has ended; %s", this)
                    .isTrue();
            reader.join(limit.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(process.exitValue()).as(toString()).isZero();
        return String.join("\n", printed);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            lines.lines().forEach(printed::add);
        } catch (IOException | UncheckedIOException ended) {
            // It was closed.
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "printed so far:\n" + String.join("\n", printed);
    }
}
