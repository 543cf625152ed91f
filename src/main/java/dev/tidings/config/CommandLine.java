package dev.tidings.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a command line says: options that set settings, options of the command itself, and the words between them.
 *
 * <p>Each setting has an option, which is its name without {@code tidings.}: {@code --history.age 1d} or
 * {@code --history.age=1d}. Those of the server may leave out {@code server.}, too: {@code --port 8080}. A switch, such as
 * {@code --demo}, is on when it has no value; another value follows {@code =}.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param settings the texts of settings by their names, {@code tidings.x.y}
 * @param own the values of the command's own options by their names, without dashes, each as often as it was given
 * @param words what is no option
 */
public record CommandLine(Map<String, String> settings, Map<String, List<String>> own, List<String> words) {

    private static final String DASHES = "--";
    private static final String ON = "true";

    /** @param value what follows its equals sign, or null */
    private record Option(String name, @Nullable String value) {}

    /**
     * Reads a command line.
     *
     * @param own the names of the command's own options, each of which has a value
     * @throws SettingException about the first option that there is not, that has no value, or that sets again
     */
    public static CommandLine parse(List<String> arguments, Set<String> own) {
        var settings = new LinkedHashMap<String, String>();
        var others = new LinkedHashMap<String, List<String>>();
        var words = new ArrayList<String>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("-") || argument.equals("-")) {
                words.add(argument);
                continue;
            }
            Option option = split(argument);
            Setting<?> setting = own.contains(option.name) ? null : settingOf(option.name, own);
            String value = option.value;
            if (value == null && setting != null && isSwitch(setting)) {
                value = ON;
            } else if (value == null) {
                i++;
                value = i < arguments.size() ? arguments.get(i) : null;
            }
            if (value == null || (option.value == null && value.startsWith(DASHES))) {
                throw new SettingException(
                        DASHES + option.name + " needs a value, as in " + DASHES + option.name + "=value");
            }
            if (setting == null) {
                others.computeIfAbsent(option.name, first -> new ArrayList<>()).add(value);
            } else if (settings.put(setting.name(), value) != null) {
                throw new SettingException(DASHES + option.name + " is given twice");
            }
        }
        return new CommandLine(Map.copyOf(settings), Map.copyOf(others), List.copyOf(words));
    }

    /** Returns the last value of an option of the command's own, or null when it was not given. */
    public @Nullable String last(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** Returns the values of an option of the command's own, in the order given. */
    public List<String> all(String name) {
        return own.getOrDefault(name, List.of());
    }

    /** Returns the shortest option that sets this setting. */
    static String optionOf(Setting<?> setting) {
        String beginning = SettingTable.isOfServer(setting) ? SettingTable.OF_SERVER : Setting.PREFIX;
        return DASHES + setting.name().substring(beginning.length());
    }

    private static Option split(String argument) {
        if (argument.startsWith("-D")) {
            throw new SettingException(argument + " is an option of Java and stands before -jar; here write "
                    + argument.replaceFirst("^-D(tidings\\.)?", DASHES));
        }
        if (!argument.startsWith(DASHES)) {
            throw new SettingException(argument + " is not an option; options begin with two dashes, as --port 8080");
        }
        int equals = argument.indexOf('=');
        return equals < 0
                ? new Option(argument.substring(DASHES.length()), null)
                : new Option(argument.substring(DASHES.length(), equals), argument.substring(equals + 1));
    }

    private static Setting<?> settingOf(String name, Set<String> own) {
        for (Setting<?> setting : SettingTable.all()) {
            if (optionOf(setting).equals(DASHES + name)
                    || setting.name().equals(name)
                    || setting.name().equals(Setting.PREFIX + name)) {
                return setting;
            }
        }
        var known = new ArrayList<String>();
        own.forEach(each -> known.add(DASHES + each));
        SettingTable.all().forEach(setting -> known.add(optionOf(setting)));
        String nearest = EditDistance.nearest(DASHES + name, DASHES, known);
        throw new SettingException(
                DASHES + name + " is not an option" + (nearest == null ? "" : "; did you mean " + nearest + "?"));
    }

    private static boolean isSwitch(Setting<?> setting) {
        return setting.type() instanceof BooleanType || setting.equals(SettingTable.DEMO);
    }
}
