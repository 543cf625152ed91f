package dev.tidings.config;

/**
 * What the text of a setting may be, and what it becomes.
 *
 * @param <T> what it becomes
 */
interface ValueType<T> {

    /**
     * The value that a text means.
     *
     * @param text {@linkplain #trimmed trimmed}
     * @throws IllegalArgumentException with the fault, to be read after the setting's name and value:
     *     "is not a time"
     */
    T parse(String text);

    /** What is allowed, to be read after "allowed is". */
    String allowed();

    /** The text without what surrounds it by accident. */
    default String trimmed(String text) {
        return text.strip();
    }

    /** Whether an empty text is a value. Otherwise it counts as not set: so scripts mean a variable they left empty. */
    default boolean allowsEmpty() {
        return false;
    }
}
