package dev.tidings.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to run.
 *
 * @param scenarios their names, in the order they run in
 * @param servers the names of those to start, in the order they take turns; those that are not there are left out
 * @param warmUps how many rounds come before those that count
 * @param rounds how many rounds count
 * @param maxStreams the most streams that any scenario opens at once
 * @param maxEvents the most events that a part of a scenario publishes
 * @param rest how long a scenario does nothing, to see what happens then
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
        Duration rest,
        Duration patience,
        Path output) {

    private static final String SERVERS = "jetty,tomcat,nchan,mercure,centrifugo,spring-mvc,webflux";

    /**
     * What these options say.
     *
     * @throws IllegalArgumentException when one says nothing that makes sense
     */
    static Plan from(Options options) {
        return from(options, Scenarios.all().keySet(), Scenarios.usual(), SERVERS);
    }

    /**
     * The same where there are other scenarios and servers.
     *
     * @param usual the scenarios that are done unless others are asked for
     * @param servers the servers that are started unless others are asked for, with commas between
     */
    static Plan from(Options options, Set<String> known, List<String> usual, String servers) {
        List<String> scenarios = options.list("scenarios", String.join(",", usual));
        if (!known.containsAll(scenarios)) {
            throw new IllegalArgumentException("scenarios are " + scenarios + ", there are " + known);
        }
        return new Plan(
                scenarios,
                options.list("servers", servers),
                options.number("warm-ups", 1, 0),
                options.number("rounds", 3, 1),
                options.number("streams", 10_000, 1),
                options.number("events", 1_000_000, 1),
                Duration.ofSeconds(options.number("seconds", 30, 1)),
                Duration.ofSeconds(options.number("patience", 10, 1)),
                Path.of(options.text("output", "target/bench")).toAbsolutePath());
    }
}
