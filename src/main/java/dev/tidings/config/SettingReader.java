package dev.tidings.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks settings up, source by source.
 *
 * @param sources the first source that has a setting wins
 */
record SettingReader(List<Source> sources) {

    private record Found(String text, String origin) {}

    /** Returns the value of a setting that has a default. */
    <T> T get(Setting<T> setting) {
        T value = find(setting);
        if (value == null) {
            throw new IllegalArgumentException(setting.name() + " has no default");
        }
        return value;
    }

    /** Returns the value of a setting, or null where it is not set and has no default. */
    <T> @Nullable T find(Setting<T> setting) {
        Found found = lookUp(setting);
        return found == null ? null : setting.parse(found.text, found.origin);
    }

    /** Returns the value as it may be logged, and its source. */
    String describe(Setting<?> setting) {
        Found found = lookUp(setting);
        if (found == null) {
            return "not set";
        }
        return (found.text.isEmpty() ? "none" : setting.mask().apply(found.text)) + " (" + found.origin + ")";
    }

    /** Returns a setting's name and where its value stands, so that whoever has to remove it finds it. */
    String nameAndOrigin(Setting<?> setting) {
        Found found = lookUp(setting);
        return found == null ? setting.name() : setting.name() + " (" + found.origin + ")";
    }

    private @Nullable Found lookUp(Setting<?> setting) {
        for (Source source : sources) {
            String text = source.textOf(setting);
            if (text != null) {
                return new Found(text, source.originOf(setting));
            }
        }
        String defaultText = setting.defaultText();
        return defaultText == null ? null : new Found(defaultText, "default");
    }
}
