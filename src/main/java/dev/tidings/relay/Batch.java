package dev.tidings.relay;

import dev.tidings.event.PublishRequest;
import java.util.List;

/**
 * Events that are published as one unit, under one key.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param written what is written down of it
 * @param events those of the rows that are there, in the order of their ids
 */
record Batch(BatchIds written, List<PublishRequest> events) {

    Batch {
        events = List.copyOf(events);
    }

    /** No other batch has it. */
    String key() {
        return written.key();
    }

    /** The rows that are deleted when it is published. */
    List<Long> ids() {
        return written.ids();
    }
}
