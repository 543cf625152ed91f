package dev.tidings.mercure;

import dev.tidings.http.EventsFraming;
import dev.tidings.hub.Gap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream at {@code /.well-known/mercure}: those of {@code /events} without the hub's own events, which
 * readers of the protocol would take for somebody's. That something may be missing they learn from the response's
 * {@code Last-Event-ID}.
 */
final class MercureFraming extends EventsFraming {

    MercureFraming(Duration retry) {
        super(retry);
    }

    @Override
    public byte @Nullable [] gap(Gap gap) {
        return null;
    }

    @Override
    public byte @Nullable [] expiring(Instant expires) {
        return null;
    }
}
