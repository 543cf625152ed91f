package dev.tidings.relay;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Which rows are published as one unit, and the key that the unit has. It is written down in the lease, as one text.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param key no other batch has it
 * @param ids the ids of its rows, in order
 */
record BatchIds(String key, List<Long> ids) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 16;

    BatchIds {
        ids = List.copyOf(ids);
    }

    /** These, with a new key. */
    static BatchIds of(List<Long> ids) {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return new BatchIds(HexFormat.of().formatHex(key), ids);
    }

    /** The key, and after each comma how much further on the next id is. If that is beyond a long, it wraps, and so it does back. */
    String text() {
        var text = new StringBuilder(key);
        long before = 0;
        for (long id : ids) {
            text.append(',').append(id - before);
            before = id;
        }
        return text.toString();
    }

    /** Those of such a text. */
    static BatchIds parse(String text) {
        int end = text.indexOf(',');
        String key = end < 0 ? text : text.substring(0, end);
        var steps = new StringTokenizer(text.substring(key.length()), ",");
        var ids = new ArrayList<Long>();
        long id = 0;
        while (steps.hasMoreTokens()) {
            id += Long.parseLong(steps.nextToken());
            ids.add(id);
        }
        return new BatchIds(key, ids);
    }
}
