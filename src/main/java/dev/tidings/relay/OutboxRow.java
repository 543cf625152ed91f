package dev.tidings.relay;

import org.jspecify.annotations.Nullable;

/**
 * A row that an application has written, as it stands in the table.
 *
 * @param id orders the rows, and makes the event's id
 * @param topics one in each line
 * @param type the event's type, or null
 * @param data the event's data, or null
 * @param isPrivate whether a grant is needed to receive it
 * @param cut the column that has more text than any event may have, and was not read to its end; or null
 */
record OutboxRow(
        long id,
        @Nullable String topics,
        @Nullable String type,
        @Nullable String data,
        boolean isPrivate,
        @Nullable String cut) {

    /** About how many bytes of memory its text takes. */
    long size() {
        return 2L * (length(topics) + length(type) + length(data));
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
