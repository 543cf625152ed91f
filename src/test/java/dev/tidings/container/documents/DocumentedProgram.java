package dev.tidings.container.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Lines of a document that run in a process of their own.
 *
 * <p>They know what the document presumes as {@code token} and {@code key}. Java and a shell need nothing but what the
 * build has; the others need what the build's profile {@code clients} prepares. <b>Threads.</b> A daemon thread reads
 * what they print.
 */
final class DocumentedProgram implements AutoCloseable {

    /** For a process that has to start, and perhaps to compile its lines. */
    static final Duration START = Duration.ofSeconds(60);

    private static final String JAVA = """
            IMPORTS
            class Program {
                static final String token = System.getenv("TOKEN");
                static final String key = System.getenv("KEY");

                public static void main(String[] arguments) throws Exception {
                    lines();
                    Thread.currentThread().join();
                }

                static void lines() throws Exception {
                    LINES
                }
            }
            """;
    private static final String NODE = """
            globalThis.window = globalThis;
            globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
            globalThis.token = process.env.TOKEN;
            globalThis.key = process.env.KEY;
            LINES
            """;
    private static final String PYTHON = """
            import os
            token = os.environ.get("TOKEN")
            key = os.environ.get("KEY")
            LINES
            """;

    private final Process process;
    private final Path directory;
    private final Thread reader = new Thread(this::read, "documented-program");
    private final List<String> printed = new CopyOnWriteArrayList<>();

    private DocumentedProgram(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs a block with this token. */
    static DocumentedProgram run(CodeBlock block, String token) {
        return run(block, Map.of("TOKEN", token));
    }

    /** Runs a block with these variables, which are {@code TOKEN} or {@code KEY}. */
    static DocumentedProgram run(CodeBlock block, Map<String, String> variables) {
        return switch (block.language()) {
            case "java" -> java(block.imports(), block.statements(), variables);
            case "js" -> start("program.mjs", NODE.replace("LINES", block.code()), variables, "node");
            case "python" ->
                start(
                        "program.py",
                        PYTHON.replace("LINES", block.code()),
                        variables,
                        clients().resolve("python/bin/python").toString(),
                        "-u");
            case "sh" -> start("program.sh", block.code(), variables, "bash");
            default -> throw new AssertionError("Nothing here runs " + block);
        };
    }

    /** Runs lines of Java, with every library of the tests. */
    static DocumentedProgram java(String imports, String lines, Map<String, String> variables) {
        return start(
                "Program.java",
                JAVA.replace("IMPORTS", imports).replace("LINES", lines),
                variables,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"));
    }

    private static DocumentedProgram start(
            String file, String program, Map<String, String> variables, String... command) {
        try {
            // Below the directory in which node looks for what was installed.
            Path directory = Files.createTempDirectory(Files.createDirectories(clients()), "run");
            Path written = Files.writeString(directory.resolve(file), program);
            var builder = new ProcessBuilder(command).directory(directory.toFile());
            if (file.endsWith(".sh")) {
                // Without a terminal curl shows its progress there.
                builder.redirectError(directory.resolve("errors").toFile());
                builder.environment().putAll(Jvm.BRIEF);
            } else {
                builder.redirectErrorStream(true);
            }
            builder.command().add(written.toString());
            builder.environment().putAll(variables);
            return new DocumentedProgram(builder.start(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path clients() {
        return Path.of(System.getProperty("test.clients")).toAbsolutePath();
    }

    /** The directory in which it runs. */
    Path directory() {
        return directory;
    }

    /** All that it has printed so far. */
    String output() {
        return String.join("\n", printed);
    }

    /** Waits until it prints a line that matches, and returns that. */
    String line(String regex) {
        Eventually.passes(
                START, () -> assertThat(printed).as("the lines printed so far").anyMatch(line -> line.matches(regex)));
        return printed.stream().filter(line -> line.matches(regex)).findFirst().orElseThrow();
    }

    /** Waits until it ends, as it has to by itself and well, and returns all that it printed. */
    String awaitEnd() {
        assertThat(awaitExit()).as(output()).isZero();
        return output();
    }

    /** Waits until it ends, as it has to by itself, and returns the code that it exits with. */
    int awaitExit() {
        try {
            assertThat(process.waitFor(START.toSeconds(), TimeUnit.SECONDS))
                    .as("has ended; printed so far: %s", printed)
                    .isTrue();
            reader.join(START.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return process.exitValue();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.add(line);
            }
        } catch (IOException ended) {
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
        return "printed so far:\n" + output();
    }
}
