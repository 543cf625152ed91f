package dev.tidings.http.stream;

import dev.tidings.event.EventFrame;
import dev.tidings.event.Position;
import dev.tidings.http.Json;
import dev.tidings.http.JsonMembers;
import dev.tidings.hub.Gap;
import dev.tidings.hub.StartingPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The bytes of a stream at {@code /events}, with the events' own shared frames. One serves all streams of its kind.
 *
 * @see JsonFraming for {@code frame=json}
 */
public class EventsFraming extends EventStreamFraming {

    /** When the node stops, peers wait for up to so many times the retry longer than usual. */
    private static final int FAREWELL_SPREAD = 2;

    private final long retry;
    private final boolean caughtUp;

    /** @param retry how long the peer is told to wait before it reconnects */
    public EventsFraming(Duration retry) {
        this.retry = retry.toMillis();
        this.caughtUp = false;
    }

    /**
     * Shares what it writes with others of its kind.
     *
     * @param caughtUp whether it says when all is written that was stored at first
     */
    public EventsFraming(EventsFraming other, boolean caughtUp) {
        super(other);
        this.retry = other.retry;
        this.caughtUp = caughtUp;
    }

    @Override
    public byte[] opening(StartingPoint start) {
        byte[] opening = EventFrame.withoutData(retry, start.primed());
        Gap gap = start.gap();
        return gap == null ? opening : JoinedFrames.join(new byte[][] {opening, gap(gap)});
    }

    @Override
    public byte[] gap(Gap gap) {
        return EventFrame.event("gap", null, null, Json.text(JsonMembers.of(gap)));
    }

    @Override
    public byte[] expiring(Instant expires) {
        return EventFrame.event("expiring", null, null, Json.text(Map.of("expires", expires.toString())));
    }

    @Override
    public boolean saysCaughtUp() {
        return caughtUp;
    }

    @Override
    public byte[] caughtUp(Position reached) {
        return EventFrame.event("caught-up", null, null, Json.text(Map.of("lastEventId", reached.toString())));
    }

    /** Each peer waits for another while, so that they do not come back all at once. */
    @Override
    public byte[] farewell() {
        return EventFrame.withoutData(retry + ThreadLocalRandom.current().nextLong(FAREWELL_SPREAD * retry + 1), null);
    }

    @Override
    public byte[] heartbeat(Position reached) {
        return EventFrame.withoutData(null, reached.toString());
    }
}
