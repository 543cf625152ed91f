package dev.tidings.hub;

import java.util.List;

/** One thing that happens in a {@link GeneratedHistory}. */
sealed interface Step {

    /** So many events are published on a topic; the number from 0 to 7 is the id their publisher gives, 8 is none. */
    record Publish(int count, String topic, int id, int length) implements Step {}

    /** Likewise; and while the first run of these is on its way, other things happen. */
    record PublishMeanwhile(Publish publish, List<Step> meanwhile) implements Step {}

    /** A client (of four) opens its stream, with a grant for private events or without. */
    record Open(int client, String selector, boolean granted, From from) implements Step {}

    /** A client reads up to so many events. */
    record Read(int client, int count) implements Step {}

    /** A client asks for another selector, or for one no more, while its stream is open. */
    record Change(int client, String selector, boolean more) implements Step {}

    /** A client has another grant, for private events or not, while its stream is open. */
    record Regrant(int client, boolean granted) implements Step {}

    /** A client goes; it remembers the id it saw last. */
    record Leave(int client) implements Step {}

    /** Time goes by. */
    record Wait(int minutes) implements Step {}

    /** The hub stops and starts again. */
    record Restart() implements Step {}

    /** Where a client begins. */
    enum From {
        NOW,
        LAST_SEEN,
        EARLIEST,
        PUBLISHERS_ID,
        UNKNOWN,
        SINCE,
        LAST,
        LATEST
    }
}
