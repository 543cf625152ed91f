package dev.tidings.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The sources of settings before the file that they may name. The first source that has a setting wins.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param options what a command line says, by names like {@code tidings.x.y}
 * @param systemProperties the system properties, with names like {@code tidings.x.y}
 * @param environment the environment, with names like {@code TIDINGS_X_Y}
 * @param contextParameters the parameters of the servlet context, with names like {@code tidings.x.y}
 */
public record SettingSources(
        Map<String, String> options,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        Map<String, String> contextParameters) {

    public SettingSources {
        options = Map.copyOf(options);
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
        contextParameters = Map.copyOf(contextParameters);
    }

    /** Sources without a command line, as a container has them. */
    public SettingSources(
            Map<String, String> systemProperties,
            Map<String, String> environment,
            Map<String, String> contextParameters) {
        this(Map.of(), systemProperties, environment, contextParameters);
    }

    /** Returns these options, and the present system properties and environment of this process. */
    public static SettingSources ofCommandLine(Map<String, String> options) {
        return new SettingSources(options, Source.texts(System.getProperties()), System.getenv(), Map.of());
    }

    /** Returns the present system properties and environment of this process, and these context parameters. */
    public static SettingSources ofProcess(Map<String, String> contextParameters) {
        return new SettingSources(Source.texts(System.getProperties()), System.getenv(), contextParameters);
    }

    /**
     * Returns all sources, and the file that the first of them names.
     *
     * @throws SettingException when that file cannot be read
     */
    List<Source> sources() {
        var sources = new ArrayList<Source>();
        sources.add(Source.options(options));
        sources.add(Source.systemProperties(systemProperties));
        sources.add(Source.environment(environment));
        sources.add(Source.contextParameters(contextParameters));
        String file = new SettingReader(sources).find(SettingTable.CONFIG);
        if (file != null) {
            sources.add(Source.file(file));
        }
        return sources;
    }
}
