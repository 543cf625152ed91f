package dev.tidings.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The sources of settings before the file that they may name. The first source that has a setting wins.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param systemProperties the system properties, with names like {@code tidings.x.y}
 * @param environment the environment, with names like {@code TIDINGS_X_Y}
 * @param contextParameters the parameters of the servlet context, with names like {@code tidings.x.y}
 */
public record SettingSources(
        Map<String, String> systemProperties, Map<String, String> environment, Map<String, String> contextParameters) {

    public SettingSources {
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
        contextParameters = Map.copyOf(contextParameters);
    }

    /** Returns the present system properties and environment of this process, and these context parameters. */
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
