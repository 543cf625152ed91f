package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.redis.RedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * Reads both streams with one command that waits until there is something. It asks for fewer entries at once while they are
 * large, and so takes some memory only, whatever publishers choose.
 *
 * <p><b>Threads.</b> One.
 */
final class EntryReader {

    private static final byte[] BLOCK_MILLIS = utf8("1000");

    private static final int FEWEST_ENTRIES = 8;
    private static final int MOST_ENTRIES = 1_000;

    /** About how much is read at once. */
    private static final long READ_BYTES = 2L << 20;

    private final LogKeys keys;
    private int count = FEWEST_ENTRIES;

    EntryReader(LogKeys keys) {
        this.keys = keys;
    }

    /**
     * Reads what comes after these entries.
     *
     * @return null if nothing comes for a second
     */
    @Nullable
    EntryPage read(RedisConnection from, String keptAfter, String passingAfter) {
        int most = count;
        // Unless this read succeeds: the network, or the memory, may not be up to as many.
        count = FEWEST_ENTRIES;
        Object reply = from.call(
                "XREAD",
                utf8("COUNT"),
                utf8(Integer.toString(most)),
                utf8("BLOCK"),
                BLOCK_MILLIS,
                utf8("STREAMS"),
                keys.log(),
                keys.passing(),
                utf8(keptAfter),
                utf8(passingAfter));
        if (reply == null) {
            return null;
        }
        EntryPage page = EntryPage.of(reply, keys, most);
        count = most;
        adapt(page);
        return page;
    }

    private void adapt(EntryPage page) {
        long bytes = page.size();
        if (bytes > READ_BYTES) {
            count = Math.max(FEWEST_ENTRIES, count / 2);
        } else if ((page.mayLackKept() || page.mayLackPassing()) && bytes < READ_BYTES / 2) {
            count = Math.min(MOST_ENTRIES, count * 2);
        } else {
            // It never asks for many more than there were lately: the next may be large.
            int most = Math.max(page.kept().size(), page.passing().size());
            count = Math.max(FEWEST_ENTRIES, Math.min(count, 2 * most));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
