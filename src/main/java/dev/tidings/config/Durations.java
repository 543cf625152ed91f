package dev.tidings.config;

import java.time.Duration;

/**
 * Times that are no settings, written as settings are.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Durations {

    private static final DurationType ANY = new DurationType("1s", "3650d");

    private Durations() {}

    /**
     * Returns the time that a text says, such as {@code 15m}.
     *
     * @param name what the text stands for, for the refusal
     * @throws SettingException when it is none, with what is allowed
     */
    public static Duration parse(String name, String text) {
        try {
            return ANY.parse(text);
        } catch (IllegalArgumentException fault) {
            throw new SettingException(name + " " + text + " " + fault.getMessage() + "; allowed is " + ANY.allowed());
        }
    }
}
