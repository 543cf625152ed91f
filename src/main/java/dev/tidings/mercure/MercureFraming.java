package dev.tidings.mercure;

import dev.tidings.event.EventFrame;
import dev.tidings.event.Position;
import dev.tidings.http.stream.EventStreamFraming;
import dev.tidings.hub.Gap;
import dev.tidings.hub.StartingPoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream at {@code /.well-known/mercure}: those of the reference hub. It begins with a comment line,
 * which is a heartbeat, too, and every block is a publisher's event.
 *
 * <p>Readers of the protocol take each block for an event, and some hand one that has no data to their users. So there
 * are no positions beside events, and nothing of what the hub says of itself at {@code /events}. That something may be
 * missing they learn from the response's {@code Last-Event-ID}.
 */
final class MercureFraming extends EventStreamFraming {

    private static final byte[] COMMENT = EventFrame.comment("");

    @Override
    public byte[] opening(StartingPoint start) {
        return COMMENT;
    }

    @Override
    public byte @Nullable [] gap(Gap gap) {
        return null;
    }

    @Override
    public byte @Nullable [] expiring(Instant expires) {
        return null;
    }

    @Override
    public boolean sendsPositions() {
        return false;
    }

    @Override
    public byte[] heartbeat(Position reached) {
        return COMMENT;
    }
}
