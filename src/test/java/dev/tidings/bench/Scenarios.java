package dev.tidings.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The scenarios there are, by the names that options and tables call them, in the order they run in. */
final class Scenarios {

    private static final int MANY = 10_000;
    private static final int SOME = 1_000;

    /** What fills a server's history. */
    static final String LONG_HISTORY = "resume-many";

    /** So many events that does to history. */
    static final int HISTORY = 1_000_000;

    /** What is done only when it is asked for by name: that, and what takes long. */
    private static final Set<String> BY_NAME = Set.of(LONG_HISTORY, "cold", "idle");

    private Scenarios() {}

    /** The names of those that are done unless others are asked for. */
    static List<String> usual() {
        return all().keySet().stream().filter(name -> !BY_NAME.contains(name)).toList();
    }

    static Map<String, Scenario> all() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("connect", new Connect(5_000));
        all.put("broadcast", ToAll.burst(SOME, 60, 250));
        all.put("broadcast-many", ToAll.burst(MANY, 12, 25));
        all.put("paced", ToAll.paced(SOME, 40, 20));
        all.put("paced-fast", ToAll.paced(SOME, 150, 100));
        all.put("unicast", new ToOne(MANY, 8, 1, 5_000, 30_000));
        all.put("unicast-batch", new ToOne(MANY, 4, 100, 10_000, 100_000));
        all.put("slow-reader", new SlowReaders(500, 150, 50));
        all.put("resume", new Resume(SOME, 0, 500, 100, 50));
        all.put(LONG_HISTORY, new Resume(MANY, HISTORY, 500, 200, 50));
        all.put("cold", new Cold(MANY, 100, 100_000, 20, 200, 10));
        all.put("idle", new Idle(MANY));
        return all;
    }
}
