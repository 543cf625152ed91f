package dev.tidings.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of ours as JSON: maps, lists, records with their components in order, texts, numbers, null.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Json {

    private static final ObjectWriter COMPACT = new ObjectMapper().writer();
    private static final ObjectWriter PRETTY = COMPACT.withDefaultPrettyPrinter();

    private Json() {}

    /** The value as JSON on one line. */
    public static String text(@Nullable Object value) {
        return write(COMPACT, value);
    }

    /** The value as JSON over many lines, indented. */
    public static String pretty(@Nullable Object value) {
        return write(PRETTY, value);
    }

    private static String write(ObjectWriter writer, @Nullable Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
