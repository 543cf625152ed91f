package dev.tidings.bench;

import dev.tidings.testing.Arrival;

/**
 * What a server puts around the data of an event. It also tells events from what a server says for itself, such as an answer to
 * the request, or a ping.
 *
 * <p><b>Threads.</b> Any.
 *
 * @param greeting how the data begin with which a stream is open; empty if it is open with the head of the response
 * @param beginning how all data begin that have an event in them
 * @param words how many words come before the event's own, each with a space after it
 */
record Envelope(String greeting, String beginning, int words) {

    /** That of a server which sends data as they were published, and no other. */
    static final Envelope NONE = new Envelope("", "", 0);

    /** Whether a stream is open only when the server has said so in its first data. */
    boolean hasGreeting() {
        return !greeting.isEmpty();
    }

    /** Whether these data say that a stream is open. */
    boolean isGreeting(Arrival arrival) {
        return hasGreeting() && arrival.dataStartsWith(greeting);
    }

    /** Whether there is an event in these data. */
    boolean hasEvent(Arrival arrival) {
        return arrival.dataStartsWith(beginning);
    }

    /** The number at this place of the event's own data, from 0 on. */
    long number(Arrival arrival, int place) {
        return arrival.number(words + place);
    }
}
