package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Servers of other versions than this machine has, which the profile {@code clients} brings with the clients.
 *
 * <p><b>Threads.</b> Any.
 */
public enum RedisVersion {
    /** The oldest that the hub works with. */
    REDIS_6("redis-server-6.2.6-v5-linux-amd64"),
    /** Knows {@code WAITAOF}. */
    VALKEY("valkey-server");

    /** The tag of tests that need one. */
    public static final String TAG = "clients";

    private final String file;

    RedisVersion(String file) {
        this.file = file;
    }

    /** Where it is. Fails if it was not brought. */
    Path program() {
        Path clients = Path.of(System.getProperty("test.clients"));
        try (Stream<Path> files = Files.walk(clients, 2)) {
            Path program = files.filter(path -> path.endsWith(file))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No " + file + " in " + clients + ": mvn -Pclients verify"));
            if (!Files.isExecutable(program) && !program.toFile().setExecutable(true)) {
                throw new AssertionError(program + " cannot be made executable");
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
