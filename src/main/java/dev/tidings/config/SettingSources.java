package dev.tidings.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where settings are read from, before the file that they may name; the first that has one wins.
 *
 * @param systemProperties names as {@code tidings.x.y}
 * @param environment names as {@code TIDINGS_X_Y}
 * @param contextParameters those of the servlet context, names as {@code tidings.x.y}
 */
public record SettingSources(
        Map<String, String> systemProperties, Map<String, String> environment, Map<String, String> contextParameters) {

    public SettingSources {
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
        contextParameters = Map.copyOf(contextParameters);
    }

    /** The system properties and the environment of this process as they are now, and these context parameters. */
    public static SettingSources ofProcess(Map<String, String> contextParameters) {
        return new SettingSources(texts(System.getProperties()), System.getenv(), contextParameters);
    }

    static Map<String, String> texts(Properties properties) {
        var texts = new HashMap<String, String>();
        for (String name : properties.stringPropertyNames()) {
            texts.put(name, properties.getProperty(name));
        }
        return texts;
    }
}
