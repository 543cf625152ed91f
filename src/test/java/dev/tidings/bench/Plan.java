package dev.tidings.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What to run, as the system properties {@code bench.…} say, or environment variables {@code BENCH_…}.
 *
 * @param scenarios their names, in the order they run in
 * @param servers the names of those to start, in the order they take turns; those that are not there are left out
 * @param warmUps how many rounds come before those that count
 * @param rounds how many rounds count
 * @param maxStreams the most streams that any scenario opens at once
 * @param maxEvents the most events that a part of a scenario publishes
 * @param patience how long nothing may happen before a trial is given up
 * @param output the directory for the report and for what servers write
 */
record Plan(
        List<String> scenarios,
        List<String> servers,
        int warmUps,
        int rounds,
        int maxStreams,
        int maxEvents,
        Duration patience,
        Path output) {

    private static final String SERVERS = "jetty,tomcat,nchan,spring-mvc,webflux";

    /**
     * What these properties say.
     *
     * @throws IllegalArgumentException when one says nothing that makes sense
     */
    static Plan from(Properties properties) {
        List<String> known = List.copyOf(Scenarios.all().keySet());
        List<String> scenarios = list(properties, "scenarios", String.join(",", Scenarios.usual()));
        if (!known.containsAll(scenarios)) {
            throw new IllegalArgumentException("bench.scenarios is " + scenarios + ", there are " + known);
        }
        return new Plan(
                scenarios,
                list(properties, "servers", SERVERS),
                number(properties, "warm-ups", 1, 0),
                number(properties, "rounds", 3, 1),
                number(properties, "streams", 10_000, 1),
                number(properties, "events", 1_000_000, 1),
                Duration.ofSeconds(number(properties, "patience", 10, 1)),
                Path.of(text(properties, "output", "target/bench")).toAbsolutePath());
    }

    /** What a property says, or else its environment variable; a build gives those that nobody has set as empty. */
    static String text(Properties properties, String name, String otherwise) {
        String variable = "BENCH_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Stream.of(properties.getProperty("bench." + name), System.getenv(variable))
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .findFirst()
                .orElse(otherwise);
    }

    private static List<String> list(Properties properties, String name, String otherwise) {
        return Arrays.stream(text(properties, name, otherwise).split(",", -1))
                .map(String::strip)
                .toList();
    }

    private static int number(Properties properties, String name, int otherwise, int least) {
        String text = text(properties, name, Integer.toString(otherwise));
        if (!text.matches("\\d{1,8}") || Integer.parseInt(text) < least) {
            throw new IllegalArgumentException(
                    "bench." + name + " is '" + text + "', not a number of " + least + " or more");
        }
        return Integer.parseInt(text);
    }
}
