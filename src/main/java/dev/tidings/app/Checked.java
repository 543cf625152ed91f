package dev.tidings.app;

import dev.tidings.config.SettingException;
import dev.tidings.event.InvalidRequestException;
import java.util.function.Supplier;

/**
 * Names the setting in an error that shows only where its value is used.
 *
 * <p><b>Threads.</b> Any.
 */
final class Checked {

    private Checked() {}

    /**
     * Returns what is made of a setting.
     *
     * @throws SettingException naming the setting, when its value cannot be used
     */
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
