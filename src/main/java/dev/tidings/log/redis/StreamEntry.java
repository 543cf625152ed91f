package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.FailureLog;
import dev.tidings.logging.Logs;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a stream in Redis, as the client library gives it: its id, and its fields with their values.
 *
 * @param birth the milliseconds of the epoch in its id; may be negative in an id that no hub has written
 * @param number the sequence number in its id, or the number of a passing event; likewise
 */
record StreamEntry(long birth, long number, List<?> fields) {

    private static final System.Logger LOG = Logs.of(StreamEntry.class);

    /** What stands in for an entry that no hub has written. Nobody but an operator who names it ever sees it. */
    private static final PublishRequest UNREADABLE =
            new PublishRequest(List.of("/hub/unreadable"), null, "", null, null, true);

    static StreamEntry of(Object reply) {
        List<?> entry = (List<?>) reply;
        String id = new String((byte[]) entry.get(0), UTF_8);
        int dash = id.indexOf('-');
        return new StreamEntry(
                Long.parseUnsignedLong(id.substring(0, dash)), Long.parseUnsignedLong(id.substring(dash + 1)), (List<?>)
                        entry.get(1));
    }

    /** The event that this entry of the log stores. */
    Event kept(Position position) {
        return Event.kept(position, request("e"), time());
    }

    /** The passing event of this entry. */
    Event passing(Position end) {
        return Event.passing(end, request("e"), time());
    }

    /** How many bytes of text it has, about. */
    long size() {
        long size = 0;
        for (Object field : fields) {
            size += ((byte[]) field).length;
        }
        return size;
    }

    /** The value of a field as a number; 0 if it is none. */
    long number(String field) {
        try {
            return Long.parseLong(text(field));
        } catch (NumberFormatException foreign) {
            return 0;
        }
    }

    /** The value of a field as text; empty if there is none. */
    String text(String field) {
        byte[] value = value(field);
        return value == null ? "" : new String(value, UTF_8);
    }

    /** The value of a field, or null. */
    byte @Nullable [] value(String field) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            byte[] name = (byte[]) fields.get(i);
            if (name.length == 1 && name[0] == field.charAt(0)) {
                return (byte[]) fields.get(i + 1);
            }
        }
        return null;
    }

    private PublishRequest request(String field) {
        try {
            byte[] id = value("i");
            byte[] bytes = value(field);
            if (bytes == null) {
                throw new IllegalArgumentException("it has no field " + field);
            }
            byte[] trace = value("w");
            return EventEntry.read(
                    bytes, id == null ? null : new String(id, UTF_8), trace == null ? null : new String(trace, UTF_8));
        } catch (RuntimeException fault) {
            FailureLog.error(
                    LOG,
                    "the entry " + birth + "-" + number
                            + " in Redis was not written by this version of Tidings; it is left out",
                    fault);
            return UNREADABLE;
        }
    }

    private Instant time() {
        return Instant.ofEpochMilli(number("t"));
    }
}
