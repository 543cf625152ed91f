package dev.tidings.config;

import java.util.List;

/**
 * Finds names that look like settings and are none. If a setting is misspelt, its default would silently stay in force.
 *
 * <p><b>Threads.</b> Any.
 */
final class NameCheck {

    private NameCheck() {}

    /**
     * Returns warnings about unknown names in the environment, where other software puts names as well. There
     * {@link ForeignNames} are passed over. In any other source an unknown name stops the deployment.
     *
     * @throws SettingException about the first unknown name, with the nearest known name
     */
    static List<String> warnings(Source source) {
        List<String> known = SettingTable.all().stream().map(source::nameOf).toList();
        List<String> faults = source.texts().keySet().stream()
                .filter(name -> source.spelling(name).startsWith(source.spelling(Setting.PREFIX)))
                .filter(name -> !known.contains(name))
                .filter(name -> !source.isEnvironment()
                        || !ForeignNames.include(name, source.texts().getOrDefault(name, "")))
                .sorted()
                .map(name -> fault(name, source, known))
                .toList();
        if (!source.isEnvironment() && !faults.isEmpty()) {
            throw new SettingException(faults.get(0));
        }
        return faults;
    }

    private static String fault(String name, Source source, List<String> known) {
        String nearest = EditDistance.nearest(source.spelling(name), source.spelling(Setting.PREFIX), known);
        return name + " (" + source.place() + ") is not a setting"
                + (nearest == null ? "" : "; did you mean " + nearest + "?");
    }
}
