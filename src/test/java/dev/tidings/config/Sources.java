package dev.tidings.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.Map;

/** Settings from the sources that a test names. */
final class Sources {

    private Sources() {}

    static SettingSources properties(String... namesAndValues) {
        return new SettingSources(map(namesAndValues), Map.of(), Map.of());
    }

    static SettingSources environment(String... namesAndValues) {
        return new SettingSources(Map.of(), map(namesAndValues), Map.of());
    }

    static SettingSources contextParameters(String... namesAndValues) {
        return new SettingSources(Map.of(), Map.of(), map(namesAndValues));
    }

    static Settings settings(String... namesAndValues) {
        return Configuration.read(properties(namesAndValues)).settings();
    }

    /** Returns the sentence that stops the deployment. */
    static String fault(SettingSources sources) {
        SettingException fault = catchThrowableOfType(SettingException.class, () -> Configuration.read(sources));
        return fault == null ? "none" : fault.getMessage();
    }

    private static Map<String, String> map(String... namesAndValues) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
