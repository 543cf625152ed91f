package dev.tidings.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the benchmark is told: words {@code name=value} of its command line, or environment variables {@code BENCH_…}.
 *
 * @param given the words, by name
 * @param environment the variables of the environment, by name
 */
record Options(Map<String, String> given, Map<String, String> environment) {

    private static final Set<String> NAMES = Set.of(
            "scenarios",
            "servers",
            "rounds",
            "warm-ups",
            "streams",
            "events",
            "patience",
            "output",
            "url",
            "token",
            "key",
            "topics",
            "pid",
            "redis",
            "container",
            "war",
            "mercure",
            "centrifugo",
            "seconds");

    /**
     * What these words say, and the environment of this process.
     *
     * @throws IllegalArgumentException when a word is not of that form, or there is no option of that name
     */
    static Options of(String... words) {
        Map<String, String> given = new HashMap<>();
        for (String word : words) {
            String[] parts = word.split("=", 2);
            if (parts.length < 2 || !NAMES.contains(parts[0])) {
                throw new IllegalArgumentException(
                        "'" + word + "' is no option name=value; the names are " + new TreeSet<>(NAMES));
            }
            given.put(parts[0], parts[1]);
        }
        return new Options(given, System.getenv());
    }

    /** The value of an option, or else of its environment variable; neither counts when it is blank. */
    String text(String name, String otherwise) {
        String variable = "BENCH_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Stream.of(given.getOrDefault(name, ""), environment.getOrDefault(variable, ""))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(otherwise);
    }

    /** Several values, with commas between them. */
    List<String> list(String name, String otherwise) {
        return Arrays.stream(text(name, otherwise).split(",", -1))
                .map(String::strip)
                .toList();
    }

    /** @throws IllegalArgumentException when it is no number, or less than {@code least} */
    int number(String name, int otherwise, int least) {
        String text = text(name, Integer.toString(otherwise));
        if (!text.matches("\\d{1,8}") || Integer.parseInt(text) < least) {
            throw new IllegalArgumentException(name + " is '" + text + "', not a number of " + least + " or more");
        }
        return Integer.parseInt(text);
    }
}
