package dev.tidings.config;

import java.time.Duration;

/**
 * What a publish waits for beyond the answer of Redis.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param copy the further copy of the event
 * @param limit how long it is waited for; zero if there is none
 */
public record Confirmation(Copy copy, Duration limit) {

    /** A further copy of an event. */
    public enum Copy {
        /** None is waited for. */
        NONE,
        /** That of a replica. */
        REPLICA,
        /** That on the disk of the server that takes writes. */
        DISK
    }
}
