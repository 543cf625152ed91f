package dev.tidings.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line of a log as one JSON object: {@code time}, {@code level}, {@code logger}, {@code message}, the fields of the
 * line, and {@code error} and {@code stack} if something was thrown.
 *
 * <p><b>Threads.</b> Any.
 */
public final class JsonLine {

    /** How every one begins. */
    private static final String BEGINNING = "{\"time\":";

    private JsonLine() {}

    /** Whether a message is such an object already. */
    public static boolean isOne(String message) {
        return message.startsWith(BEGINNING);
    }

    /** The object, without a line break. */
    public static String of(String level, String logger, LogLine line, @Nullable Throwable thrown) {
        var json = new StringBuilder(BEGINNING);
        Quoted.append(json, Instant.ofEpochMilli(line.time()).toString());
        add(json, "level", level);
        add(json, "logger", logger);
        add(json, "message", line.message());
        line.forEach((name, value) -> add(json, name, value));
        if (thrown != null) {
            add(json, "error", thrown.toString());
            add(json, "stack", stack(thrown));
        }
        return json.append('}').toString();
    }

    private static void add(StringBuilder json, String name, Object value) {
        json.append(",\"").append(name).append("\":");
        Quoted.append(json, value);
    }

    private static String stack(Throwable thrown) {
        var stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack, true));
        return stack.toString();
    }
}
