package dev.tidings.log.redis;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one read of both streams has brought.
 *
 * @param kept the next entries of the log
 * @param passing the next passing events and commands
 * @param most how many entries of each the read could bring; where it brought as many there may be more
 */
record EntryPage(List<StreamEntry> kept, List<StreamEntry> passing, int most) {

    /** @param reply what {@code XREAD} has answered */
    static EntryPage of(Object reply, LogKeys keys, int most) {
        return new EntryPage(entries(reply, keys.log()), entries(reply, keys.passing()), most);
    }

    boolean mayLackKept() {
        return kept.size() == most;
    }

    boolean mayLackPassing() {
        return passing.size() == most;
    }

    /** The bytes of all entries, about. */
    long size() {
        long size = 0;
        for (StreamEntry entry : kept) {
            size += entry.size();
        }
        for (StreamEntry entry : passing) {
            size += entry.size();
        }
        return size;
    }

    /** One of these entries, or null after the last. */
    static @Nullable StreamEntry at(List<StreamEntry> entries, int index) {
        return index < entries.size() ? entries.get(index) : null;
    }

    private static List<StreamEntry> entries(Object reply, byte[] key) {
        for (Object stream : (List<?>) reply) {
            List<?> parts = (List<?>) stream;
            if (Arrays.equals((byte[]) parts.get(0), key)) {
                return ((List<?>) parts.get(1)).stream().map(StreamEntry::of).toList();
            }
        }
        return List.of();
    }
}
