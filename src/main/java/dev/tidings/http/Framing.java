package dev.tidings.http;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.Gap;
import dev.tidings.hub.Start;
import java.time.Instant;

/**
 * The bytes of one kind of stream: how it opens, and what events and the hub's own blocks look like.
 *
 * <p>Arrays that are returned may be shared; nobody changes them.
 */
interface Framing {

    /** What leaves before any event. */
    byte[] opening(Start start);

    byte[] event(Event event);

    byte[] gap(Gap gap);

    /** That the stream will end at that instant, with its token. */
    byte[] expiring(Instant expires);

    /** What an idle stream is sent, with the position reached. */
    byte[] heartbeat(Position reached);
}
