package dev.tidings.auth;

import java.time.Duration;
import java.util.List;

/**
 * Where tickets wait until they are used, on whichever node of the hub. It gets no ticket, only the hash of its text.
 *
 * <p>When it cannot be reached, it throws what the log throws when it is down.
 *
 * <p><b>Threads.</b> Any. Methods may wait, for a bounded time.
 */
public interface TicketStore {

    /** How long a ticket that was used is remembered, so that another use is told so. */
    Duration REMEMBERED = Duration.ofMinutes(2);

    /**
     * Has a ticket wait.
     *
     * @param hash names it
     * @param content what it stands for
     * @param age how long it waits
     */
    void put(String hash, String content, Duration age);

    /** Takes a ticket. Of all that take the same one, wherever and whenever they do, one has it. */
    Taken take(String hash);

    /** Of tickets that were put, those that wait no more. */
    List<String> gone(List<String> hashes);

    /**
     * What became of taking a ticket.
     *
     * @param state whether it was there
     * @param content what it stands for; empty if it was not there
     */
    record Taken(State state, String content) {

        /** Whether a ticket was there. */
        public enum State {
            THERE,
            USED,
            UNKNOWN
        }

        /** It was there. */
        public static Taken there(String content) {
            return new Taken(State.THERE, content);
        }

        /** It was taken before. */
        public static Taken used() {
            return new Taken(State.USED, "");
        }

        /** There is no such ticket, or not any more. */
        public static Taken unknown() {
            return new Taken(State.UNKNOWN, "");
        }
    }
}
