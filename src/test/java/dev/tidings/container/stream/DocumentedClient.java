package dev.tidings.container.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Lines that read a stream and print each event, in a process of their own.
 *
 * <p>They know the token as {@code token}, in a shell as {@code $TOKEN}. Needs what the build's profile {@code clients}
 * prepares. <b>Threads.</b> A daemon thread reads what it prints.
 */
final class DocumentedClient implements AutoCloseable {

    /** What runs them. */
    enum Language {
        NODE("client.mjs", """
                globalThis.window = globalThis;
                globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
                const token = process.env.TOKEN;
                %s"""),
        PYTHON("client.py", """
                import os
                token = os.environ["TOKEN"]
                %s"""),
        JAVA("Client.java", """
                import com.launchdarkly.eventsource.*;
                import java.io.*;
                import java.net.*;
                import java.net.http.*;
                import java.net.http.HttpResponse.BodyHandlers;
                import java.time.Duration;
                import java.util.*;
                import java.util.concurrent.atomic.AtomicReference;
                import java.util.stream.Stream;
                import org.springframework.core.ParameterizedTypeReference;
                import org.springframework.http.codec.ServerSentEvent;
                import org.springframework.web.reactive.function.client.WebClient;
                import reactor.core.publisher.Flux;
                import reactor.util.retry.Retry;

                class Client {
                    static final String token = System.getenv("TOKEN");

                    public static void main(String[] arguments) throws Exception {
                        lines();
                        Thread.currentThread().join();
                    }

                    static void lines() throws Exception {
                        %s
                    }
                }
                """),
        SHELL("client.sh", "%s");

        private final String file;
        private final String program;

        Language(String file, String program) {
            this.file = file;
            this.program = program;
        }

        private List<String> command(Path clients, Path written) {
            String path = written.toAbsolutePath().toString();
            return switch (this) {
                case NODE -> List.of("node", path);
                case PYTHON -> List.of(clients.resolve("python/bin/python").toString(), "-u", path);
                case JAVA ->
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-classpath",
                            System.getProperty("java.class.path"),
                            path);
                case SHELL -> List.of("bash", path);
            };
        }
    }

    private final Process process;
    private final List<String> printed = new CopyOnWriteArrayList<>();

    private DocumentedClient(Process process) {
        this.process = process;
        var thread = new Thread(this::read, "documented-client");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs these lines, with this token. */
    static DocumentedClient run(Language language, String lines, String token) {
        Path clients = Path.of(System.getProperty("test.clients")).toAbsolutePath();
        try {
            // Below the directory in which node looks for what was installed.
            Path written = Files.createTempDirectory(clients, "run").resolve(language.file);
            Files.writeString(written, language.program.formatted(lines));
            ProcessBuilder builder = new ProcessBuilder(language.command(clients, written)).redirectErrorStream(true);
            builder.environment().put("TOKEN", token);
            return new DocumentedClient(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events that it has printed so far: the id and the data of each. */
    List<String> events() {
        var events = new ArrayList<String>();
        String id = "";
        for (String line : printed) {
            if (line.startsWith("urn:uuid:")) {
                events.add(line);
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                events.add(id + " " + line.substring("data: ".length()));
            }
        }
        return events;
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
        return "printed so far:\n" + String.join("\n", printed);
    }
}
