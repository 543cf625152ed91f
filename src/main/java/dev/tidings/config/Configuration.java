package dev.tidings.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings, and what to tell the operator about them.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param settings what is in force
 * @param description each setting's name, and its value with where it came from, secrets masked, in the
 *     order of the table: for the log
 * @param warnings sentences about names in the environment that look like settings and are none
 */
public record Configuration(Settings settings, Map<String, String> description, List<String> warnings) {

    /**
     * Reads and checks everything once.
     *
     * @throws SettingException at the first value that is not allowed, or name that is unknown
     */
    public static Configuration read(SettingSources given) {
        var sources = new ArrayList<Source>();
        sources.add(Source.systemProperties(given.systemProperties()));
        sources.add(Source.environment(given.environment()));
        sources.add(Source.contextParameters(given.contextParameters()));
        String file = new SettingReader(sources).find(SettingTable.CONFIG);
        if (file != null) {
            sources.add(Source.file(file));
        }
        if (Settings.isDemo(new SettingReader(sources))) {
            sources.add(Source.demo());
        }
        List<String> warnings = sources.stream()
                .flatMap(source -> NameCheck.warnings(source).stream())
                .toList();
        var reader = new SettingReader(List.copyOf(sources));
        return new Configuration(Settings.read(reader), describe(reader), warnings);
    }

    private static Map<String, String> describe(SettingReader reader) {
        var description = new LinkedHashMap<String, String>();
        for (Setting<?> setting : SettingTable.all()) {
            description.put(setting.name(), reader.describe(setting));
        }
        return Collections.unmodifiableMap(description);
    }
}
