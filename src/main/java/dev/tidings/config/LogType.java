package dev.tidings.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Which log keeps the events: {@code memory:}, or {@code file:} and the absolute path of its file.
 *
 * <p>What a relative path would mean depends on where somebody stood when starting the container.
 */
record LogType() implements ValueType<String> {

    /** How a log in a file begins, before the path of the file. */
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
            throw new IllegalArgumentException("is no log");
        }
        try {
            Path path = Path.of(text.substring(FILE.length()));
            if (!path.isAbsolute() || path.getFileName() == null) {
                throw new IllegalArgumentException("names no absolute path of a file");
            }
        } catch (InvalidPathException fault) {
            throw new IllegalArgumentException("names no path", fault);
        }
    }
}
