package dev.tidings.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One source of settings.
 *
 * @param place its name in logs and errors
 * @param isEnvironment whether its names are spelt as in the environment
 * @param texts all names and texts in it, settings or not
 */
record Source(String place, boolean isEnvironment, Map<String, String> texts) {

    /** Returns the options of a command line, by the names of the settings that they set. */
    static Source options(Map<String, String> texts) {
        return new Source("option", false, texts);
    }

    static Source systemProperties(Map<String, String> texts) {
        return new Source("system property", false, texts);
    }

    static Source environment(Map<String, String> texts) {
        return new Source("environment", true, texts);
    }

    static Source contextParameters(Map<String, String> texts) {
        return new Source("context parameter", false, texts);
    }

    /**
     * Reads a properties file in UTF-8.
     *
     * @throws SettingException when it cannot be read, or names a further file
     */
    static Source file(String path) {
        var properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(Path.of(path))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw SettingException.of(SettingTable.CONFIG.name(), path + " cannot be read: " + reason(e));
        }
        if (properties.containsKey(SettingTable.CONFIG.name())) {
            throw SettingException.of(SettingTable.CONFIG.name(), "cannot be set in the file itself, " + path);
        }
        return new Source("file " + path, false, texts(properties));
    }

    /** Returns the defaults that are different in demo mode: pages from files may read, and streams need no token. */
    static Source demo() {
        return new Source(
                "demo mode",
                false,
                Map.of(SettingTable.CORS_ORIGINS.name(), "*", SettingTable.ANONYMOUS.name(), "true"));
    }

    /** Returns a setting's name in this source. */
    String nameOf(Setting<?> setting) {
        return spelling(setting.name());
    }

    /** Returns the spelling of a name in this source: in the environment {@code tidings.x.y} is {@code TIDINGS_X_Y}. */
    String spelling(String name) {
        return isEnvironment ? name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT) : name;
    }

    /** Returns where a setting's text stands, for logs and errors. */
    String originOf(Setting<?> setting) {
        return isEnvironment ? place + " " + nameOf(setting) : place;
    }

    /**
     * Returns the text of a setting, or null where it is not set. An empty text counts as not set unless it is a
     * value. So does what Kubernetes has put into the environment under the name of a setting.
     */
    @Nullable
    String textOf(Setting<?> setting) {
        String name = nameOf(setting);
        String text = texts.get(name);
        if (text == null || (text.isBlank() && !setting.type().allowsEmpty())) {
            return null;
        }
        if (isEnvironment && ForeignNames.include(name, text)) {
            return null;
        }
        return setting.type().trimmed(text);
    }

    /** Returns the names and texts of all properties. */
    static Map<String, String> texts(Properties properties) {
        var texts = new HashMap<String, String>();
        for (String name : properties.stringPropertyNames()) {
            texts.put(name, properties.getProperty(name));
        }
        return texts;
    }

    private static String reason(Exception e) {
        return e instanceof InvalidPathException ? "this is not a path" : e.toString();
    }
}
