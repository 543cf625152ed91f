package dev.tidings.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The log that stores the events: {@code memory:}, or {@code file:} and the absolute path of its file.
 *
 * <p>A relative path would depend on the directory from which the container was started.
 */
record LogType() implements ValueType<String> {

    /** A log in a file begins with this, before the path of the file. */
    static final String FILE = "file:";

    static final String MEMORY = "memory:";

    @Override
    public String parse(String text) {
        if (!text.equals(MEMORY)) {
            requireAbsolutePath(text);
        }
        return text;
    }

    @Override
    public String allowed() {
        return "memory:, or file: and the absolute path of a file, as in file:/var/lib/tidings/log";
    }

    private static void requireAbsolutePath(String text) {
        if (!text.startsWith(FILE)) {
            throw new IllegalArgumentException("is neither memory: nor file:");
        }
        try {
            Path path = Path.of(text.substring(FILE.length()));
            if (!path.isAbsolute() || path.getFileName() == null) {
                throw new IllegalArgumentException("has no absolute path of a file after file:");
            }
        } catch (InvalidPathException fault) {
            throw new IllegalArgumentException("has no path after file:", fault);
        }
    }
}
