package dev.tidings.relay;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishFields;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.TooLargeException;
import dev.tidings.publish.PublishService;

/**
 * Makes events of rows, by the same rules as every door.
 *
 * <p><b>Threads.</b> Any.
 */
final class RowChecks {

    private final String idPrefix;
    private final int maxDataBytes;
    private final PublishService publishing;

    /**
     * @param idPrefix what an event's id begins with, before the id of its row
     * @param maxDataBytes the most bytes that the data may have as UTF-8
     * @param publishing knows the topics that are the hub's own
     */
    RowChecks(String idPrefix, int maxDataBytes, PublishService publishing) {
        this.idPrefix = idPrefix;
        this.maxDataBytes = maxDataBytes;
        this.publishing = publishing;
    }

    /** The id of a row's event. */
    String id(long row) {
        return idPrefix + row;
    }

    /**
     * The event of a row.
     *
     * @throws BadRowException if there can be none
     */
    PublishRequest event(OutboxRow row) throws BadRowException {
        if (row.cut() != null) {
            throw new BadRowException(row.cut() + ": It has more text than this hub accepts ("
                    + (row.cut().equals("data") ? "the setting tidings.limit.event-size" : "all topics together 64 KiB")
                    + ").");
        }
        var fields = new PublishFields();
        try {
            if (row.topics() != null) {
                row.topics().lines().filter(line -> !line.isBlank()).forEach(topic -> fields.add("topic", topic));
            }
            if (row.type() != null) {
                fields.add("type", row.type());
            }
            if (row.data() != null) {
                fields.add("data", row.data());
            }
            fields.add("private", Boolean.toString(row.isPrivate()));
            fields.add("id", id(row.id()));
            // Without topics this is refused by a sentence about tokens, of which there is none here.
            if (row.topics() == null || row.topics().isBlank()) {
                throw new BadRowException("topics: It is empty; write one topic in each line.");
            }
            PublishRequest event = fields.build(null, maxDataBytes);
            publishing.checkTrusted(event);
            return event;
        } catch (InvalidRequestException | TooLargeException | ForbiddenException refused) {
            throw new BadRowException(String.valueOf(refused.getMessage()));
        }
    }
}
