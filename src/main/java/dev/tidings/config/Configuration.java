package dev.tidings.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings, and their description for the operator.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param settings the settings in force
 * @param description for the log, each setting's name but those of {@link ServerSettings}, its value, and the source of the value. Secrets are masked. The
 *     order is that of the table
 * @param warnings sentences about names in the environment that look like settings and are none
 */
public record Configuration(Settings settings, Map<String, String> description, List<String> warnings) {

    /**
     * Reads and checks everything once.
     *
     * @throws SettingException about the first value that is not allowed, or the first unknown name
     */
    public static Configuration read(SettingSources given) {
        List<Source> sources = given.sources();
        if (Settings.isDemo(new SettingReader(sources))) {
            sources.add(Source.demo());
        }
        List<String> warnings = sources.stream()
                .flatMap(source -> NameCheck.warnings(source).stream())
                .toList();
        var reader = new SettingReader(List.copyOf(sources));
        return new Configuration(Settings.read(reader), describe(reader), warnings);
    }

    /**
     * Whether the lines of the log are to be JSON: the one setting that is asked for before all others, so that what is wrong
     * with those is told in its form.
     *
     * @throws SettingException if it is not allowed
     */
    public static boolean asksForJson(SettingSources given) {
        return new SettingReader(given.sources()).get(SettingTable.LOGGING).equals(SettingTable.JSON_LINES);
    }

    private static Map<String, String> describe(SettingReader reader) {
        var description = new LinkedHashMap<String, String>();
        for (Setting<?> setting : SettingTable.all()) {
            if (!SettingTable.isOfServer(setting)) {
                description.put(setting.name(), reader.describe(setting));
            }
        }
        return Collections.unmodifiableMap(description);
    }
}
