package dev.tidings.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of a JVM that are left by a full collection.
 *
 * @param bytes what they take of the heap
 * @param instances how many there are of each class, by the class's name
 */
public record LiveObjects(long bytes, Map<String, Long> instances) {

    private static final String TOTAL = "Total";

    /** What {@code jcmd GC.class_histogram} has printed. */
    static LiveObjects of(String histogram) {
        var instances = new HashMap<String, Long>();
        long bytes = 0;
        for (String line : histogram.lines().toList()) {
            List<String> columns = List.of(line.trim().split("\\s+", -1));
            if (columns.get(0).equals(TOTAL)) {
                bytes = Long.parseLong(columns.get(2));
            } else if (columns.size() >= 4 && columns.get(0).matches("\\d+:")) {
                instances.merge(columns.get(3), Long.parseLong(columns.get(1)), Long::sum);
            }
        }
        return new LiveObjects(bytes, instances);
    }

    /** How many there are of exactly this class. */
    public long count(String className) {
        return instances.getOrDefault(className, 0L);
    }
}
