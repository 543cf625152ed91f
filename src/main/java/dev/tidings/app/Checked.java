package dev.tidings.app;

import dev.tidings.config.SettingException;
import dev.tidings.event.InvalidRequestException;
import java.util.function.Supplier;

/** Makes things of settings, where what is wrong with one shows only then. */
final class Checked {

    private Checked() {}

    /** What is made of a setting; where that fails the message names the setting. */
    static <T> T checked(String setting, Supplier<T> value) {
        try {
            return value.get();
        } catch (SettingException named) {
            throw named;
        } catch (IllegalArgumentException | InvalidRequestException fault) {
            throw SettingException.of(setting, String.valueOf(fault.getMessage()));
        }
    }
}
