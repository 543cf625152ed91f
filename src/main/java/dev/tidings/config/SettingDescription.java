package dev.tidings.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the settings table, for people to read.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param name the setting's name, {@code tidings.x.y}
 * @param option the shortest option of a command line that sets it, as {@code --x.y}
 * @param defaultText its default, or null for none
 * @param allowed what is allowed, as a sentence without its beginning and end
 */
public record SettingDescription(
        String name, String option, @Nullable String defaultText, String allowed) {

    /** Returns all settings, in the order of the table. */
    public static List<SettingDescription> all() {
        return SettingTable.all().stream()
                .map(setting -> new SettingDescription(
                        setting.name(),
                        CommandLine.optionOf(setting),
                        defaultOf(setting),
                        setting.type().allowed()))
                .toList();
    }

    private static @Nullable String defaultOf(Setting<?> setting) {
        String text = setting.defaultText();
        return text == null || text.isEmpty() ? null : text;
    }
}
