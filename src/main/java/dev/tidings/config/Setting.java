package dev.tidings.config;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One setting.
 *
 * @param <T> the type of its value
 * @param name its name in a properties file, {@code tidings.x.y}
 * @param defaultText its text where it is not set, or null for no value
 * @param type the texts that are allowed
 * @param mask makes the text that is shown in logs and errors
 */
record Setting<T>(String name, @Nullable String defaultText, ValueType<T> type, UnaryOperator<String> mask) {

    /** The names of all settings begin with this. */
    static final String PREFIX = "tidings.";

    /**
     * Returns the value of a text from that source.
     *
     * @throws SettingException when the text is not allowed
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
