package dev.tidings.bench;

import dev.tidings.testing.Arrival;

/**
 * What a server puts around the data of an event. It also tells events from what a server says for itself, such as an answer to
 * the request, or a ping.
 *
 * @param beginning how all data begin that have an event in them
 * @param words how many words come before the event's own, each with a space after it
 */
record Envelope(String beginning, int words) {

    /** That of a server which sends data as they were published, and no other. */
    static final Envelope NONE = new Envelope("", 0);

    /** Whether there is an event in these data. */
    boolean hasEvent(Arrival arrival) {
        return arrival.dataStartsWith(beginning);
    }

    /** The number at this place of the event's own data, from 0 on. */
    long number(Arrival arrival, int place) {
        return arrival.number(words + place);
    }
}
