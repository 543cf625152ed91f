package dev.tidings.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log that stores the events: {@code memory:}; or {@code file:} and the absolute path of its file; or the address of
 * Redis.
 *
 * <p>A relative path would depend on the directory from which the container was started. Of an address only its beginning is
 * looked at here, since whoever connects reads the rest.
 */
record LogType() implements ValueType<String> {

    /** A log in a file begins with this, before the path of the file. */
    static final String FILE = "file:";

    static final String MEMORY = "memory:";

    /** An address over TLS begins with this. */
    static final String REDIS_OVER_TLS = "rediss:";

    private static final Pattern REDIS = Pattern.compile("redis:.*|rediss:.*|redis\\+sentinel:.*", Pattern.DOTALL);

    private static final Pattern PARTS = Pattern.compile("([^:/@]*:/*)?(.*@)?(.*)", Pattern.DOTALL);

    /** Hosts, ports and what follows: a colon that no port follows may stand before a password. */
    private static final Pattern PLACES = Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|:[0-9]+(?![^,/])|[^:?#\\[\\]])*+");

    @Override
    public String parse(String text) {
        if (!text.equals(MEMORY) && !isRedis(text)) {
            requireAbsolutePath(text);
        }
        return text;
    }

    @Override
    public String allowed() {
        return "memory:, or file: and the absolute path of a file, as in file:/var/lib/tidings/log, or the address of Redis,"
                + " as in redis://:password@host:6379/0";
    }

    /** Whether the log is on Redis. */
    static boolean isRedis(String text) {
        return REDIS.matcher(text).matches();
    }

    /** Returns the text as it may be shown: also a mistyped address, in which a password may stand anywhere. */
    static String masked(String text) {
        Matcher parts = PARTS.matcher(text);
        if (text.equals(MEMORY) || text.startsWith(FILE) || !parts.matches()) {
            return text;
        }
        String scheme = parts.group(1) == null ? "" : parts.group(1);
        String login = parts.group(2) == null ? "" : "***@";
        boolean plain = login.isEmpty() && scheme.endsWith(":");
        return scheme + login + (PLACES.matcher(parts.group(3)).matches() && !plain ? parts.group(3) : "***");
    }

    private static void requireAbsolutePath(String text) {
        if (!text.startsWith(FILE)) {
            throw new IllegalArgumentException("is neither memory: nor file: nor redis:");
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
