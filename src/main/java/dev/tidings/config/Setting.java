package dev.tidings.config;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One thing an operator may set.
 *
 * @param <T> what its text becomes
 * @param name as in a properties file, {@code tidings.x.y}
 * @param defaultText what holds when nobody sets it, or null for nothing
 * @param type what is allowed
 * @param mask how a value is shown in logs and errors
 */
record Setting<T>(String name, @Nullable String defaultText, ValueType<T> type, UnaryOperator<String> mask) {

    /** What the names of all settings begin with. */
    static final String PREFIX = "tidings.";

    /**
     * The value that a text from that origin means.
     *
     * @throws SettingException when it is not allowed
     */
    T parse(String text, String origin) {
        try {
            return type.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(name + "=" + mask.apply(text) + " (" + origin + ") " + e.getMessage()
                    + "; allowed is " + type.allowed());
        }
    }
}
