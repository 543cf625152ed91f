package dev.tidings.log.redis;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;

/**
 * A stretch of a log in which nothing was lost.
 *
 * @param epoch stands in the positions of this life
 * @param first the sequence number before its first event
 * @param last the sequence number up to which its positions are good
 */
record Life(Epoch epoch, long first, long last) {

    Position at(long sequence) {
        return new Position(epoch, sequence);
    }

    /** The id of the entry that has this sequence number in Redis. */
    String entryId(long sequence) {
        return epoch.birth() + "-" + sequence;
    }

    /** An epoch as the script writes it: its birth in milliseconds and its random bits. */
    static String text(Epoch epoch) {
        return epoch.birth() + "-" + epoch.random();
    }

    /** The epoch of such a text. */
    static Epoch epoch(String text) {
        int dash = text.indexOf('-');
        return Epoch.of(Long.parseLong(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }
}
