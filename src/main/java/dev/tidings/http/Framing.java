package dev.tidings.http;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.Gap;
import dev.tidings.hub.Start;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one kind of stream: how it opens, and what events and the hub's own blocks look like.
 *
 * <p>Arrays that are returned may be shared; nobody changes them.
 */
public interface Framing {

    /** What leaves before any event. */
    byte[] opening(Start start);

    byte[] event(Event event);

    /** That the peer may have missed events, or null where streams of this kind do not say so. */
    byte @Nullable [] gap(Gap gap);

    /** That the stream will end at that instant, with its token, or null where streams of this kind do not say so. */
    byte @Nullable [] expiring(Instant expires);

    /** What an idle stream is sent, with the position reached. */
    byte[] heartbeat(Position reached);
}
