package dev.tidings.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A client from the npm registry, in a node of its own, that reads a stream.
 *
 * <p>Needs what the build's profile {@code clients} prepares. <b>Threads.</b> A daemon thread reads what it tells.
 */
public final class NpmClient implements AutoCloseable {

    /** The tests that need it; they run with the profile alone. */
    public static final String TAG = "clients";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process node;
    private final Consumer<Received> reader;
    private final AtomicInteger opened = new AtomicInteger();

    private NpmClient(Process node, Consumer<Received> reader) {
        this.node = node;
        this.reader = reader;
        var thread = new Thread(this::read, "npm-client");
        thread.setDaemon(true);
        thread.start();
    }

    /** Has the client of that name read a stream, with this header line. */
    public static NpmClient start(String name, URI stream, String header, String value, Consumer<Received> reader) {
        try {
            String headers = JSON.writeValueAsString(Map.of(header, value));
            Process node = new ProcessBuilder("node", "read.mjs", name, stream.toString(), headers)
                    .directory(Path.of(System.getProperty("test.clients")).toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new NpmClient(node, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often it said that its stream was open. */
    public int opened() {
        return opened.get();
    }

    private void read() {
        try (BufferedReader lines = node.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode told = JSON.readTree(line);
                if (told.has("opened")) {
                    opened.incrementAndGet();
                } else {
                    reader.accept(new Received(
                            told.path("type").asText(),
                            told.path("id").asText(),
                            told.path("data").asText()));
                }
            }
        } catch (IOException ended) {
            // It was closed.
        }
    }

    @Override
    public void close() {
        node.destroyForcibly();
    }
}
