package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The sources of the scripts that the registry runs in Redis. */
final class RegistryScripts {

    private RegistryScripts() {}

    /** The source in this file beside the class. */
    static String source(String file) {
        try (InputStream in = requireNonNull(RegistryScripts.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
