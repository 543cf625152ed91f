package dev.tidings.stream;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.Gap;
import dev.tidings.hub.StartingPoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of stream writes: how it opens, and what events and the hub's own signals look like.
 *
 * <p>What is returned may be shared; nobody changes it.
 *
 * @param <F> what is written at once, such as the bytes of one write
 */
public interface Framing<F> {

    /** What leaves before any event. */
    F opening(StartingPoint start);

    /** Some events, one at least, in order. */
    F events(List<Event> events);

    /** That the peer may have missed events, or null where streams of this kind do not say so. */
    @Nullable
    F gap(Gap gap);

    /** That the stream will end at that instant, with its token, or null where streams of this kind do not say so. */
    @Nullable
    F expiring(Instant expires);

    /**
     * Whether heartbeats tell the peer the position reached. Where they do not, no stream has one out of turn, so that a
     * position would not grow old.
     */
    default boolean sendsPositions() {
        return true;
    }

    /** What an idle stream is sent, with the position reached. */
    F heartbeat(Position reached);
}
