package dev.tidings.relay;

import dev.tidings.event.PublishRequest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Rows that are published as one unit, under one key.
 *
 * <p>Before they are published, the key and the ids are written down in the lease, as one text.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param key no other batch has it
 * @param ids the ids of its rows, in order
 * @param events their events, in the same order
 */
record Batch(String key, List<Long> ids, List<PublishRequest> events) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 16;

    Batch {
        ids = List.copyOf(ids);
        events = List.copyOf(events);
    }

    /** A new one, of these rows. */
    static Batch of(List<Long> ids, List<PublishRequest> events) {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return new Batch(HexFormat.of().formatHex(key), ids, events);
    }

    /** What is written down: the key, and after each comma how much further on the next id is. */
    String text() {
        var text = new StringBuilder(key);
        long before = 0;
        for (long id : ids) {
            text.append(',').append(id - before);
            before = id;
        }
        return text.toString();
    }

    /** The key in such a text. */
    static String key(String text) {
        int end = text.indexOf(',');
        return end < 0 ? text : text.substring(0, end);
    }

    /** The ids in such a text. */
    static List<Long> ids(String text) {
        var steps = new StringTokenizer(text.substring(key(text).length()), ",");
        var ids = new ArrayList<Long>();
        long id = 0;
        while (steps.hasMoreTokens()) {
            id += Long.parseLong(steps.nextToken());
            ids.add(id);
        }
        return ids;
    }
}
