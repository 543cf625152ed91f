package dev.tidings.config;

/**
 * The texts that a setting may have, and their values.
 *
 * @param <T> the type of a value
 */
interface ValueType<T> {

    /**
     * Returns the value of a text.
     *
     * @param text the text, {@linkplain #trimmed trimmed}
     * @throws IllegalArgumentException with the fault, to be read after the setting's name and value, as in "is not a
     *     time"
     */
    T parse(String text);

    /** Returns what is allowed, to be read after "allowed is". */
    String allowed();

    /** Returns the text without surrounding spaces, which stand there by accident. */
    default String trimmed(String text) {
        return text.strip();
    }

    /** Whether an empty text is a value. Otherwise it counts as not set, as scripts mean by an empty variable. */
    default boolean allowsEmpty() {
        return false;
    }
}
