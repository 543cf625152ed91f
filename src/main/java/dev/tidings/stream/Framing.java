package dev.tidings.stream;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.Gap;
import dev.tidings.hub.StartingPoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one kind of stream: its opening, events, and the hub's own signals.
 *
 * <p>The returned values may be shared; do not change them.
 *
 * @param <F> what is written at once, such as the bytes of one write
 */
public interface Framing<F> {

    /** The frame that leaves before any event. */
    F opening(StartingPoint start);

    /** Some events, one at least, in order. */
    F events(List<Event> events);

    /** The signal that the peer may have missed events, or null where streams of this kind have none. */
    @Nullable
    F gap(Gap gap);

    /**
     * The signal that the stream will end at that instant, with its token, or null where streams of this kind have
     * none.
     */
    @Nullable
    F expiring(Instant expires);

    /** Whether the stream says {@link #caughtUp}. */
    default boolean saysCaughtUp() {
        return false;
    }

    /** The signal that all is written that was stored when the stream began, or null where streams of this kind have none. */
    default @Nullable F caughtUp(Position reached) {
        return null;
    }

    /**
     * Whether heartbeats carry the position reached. If not, a stream sends no heartbeat early to refresh the peer's
     * position.
     */
    default boolean sendsPositions() {
        return true;
    }

    /** What leaves last when the node stops, or null where streams of this kind have nothing to say then. */
    default @Nullable F farewell() {
        return null;
    }

    /** The heartbeat of an idle stream, with the position reached. */
    F heartbeat(Position reached);
}
