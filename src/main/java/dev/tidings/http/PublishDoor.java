package dev.tidings.http;

import dev.tidings.auth.Grant;
import dev.tidings.auth.PublishGuard;
import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.Hub;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Publishes for every address that takes events: an address says what the events are and how the answer is
 * written; that they are allowed, and published once, is seen to here.
 *
 * <p><b>Threads.</b> Any; one is held while the log accepts.
 */
public final class PublishDoor {

    private final Hub hub;
    private final PublishGuard guard;
    private final IdempotencyKeys keys;

    /**
     * @param guard decides whether a grant may publish
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}, by which idempotency keys are forgotten
     * @param wait how publishers wait for the log
     */
    public PublishDoor(Hub hub, PublishGuard guard, LongSupplier nanoTime, BoundedWait wait) {
        this.hub = hub;
        this.guard = guard;
        this.keys = new IdempotencyKeys(nanoTime, wait);
    }

    /** Throws what {@link #publish} would throw for this event of that request's. */
    void check(HttpServletRequest request, PublishRequest event) {
        guard.check(AuthFilter.requireGrant(request), event);
        hub.check(event);
    }

    /**
     * Publishes events as one unit, unless the request's {@code Idempotency-Key} says that this was done.
     *
     * @param answer what the publisher is told of the events that the log has accepted
     * @return the answer; the first one where there was one
     * @throws dev.tidings.auth.ForbiddenException naming a topic that the request's token may not publish on;
     *     nothing is published then
     */
    public byte[] publish(
            HttpServletRequest request, List<PublishRequest> events, Function<List<Event>, byte[]> answer) {
        Grant grant = AuthFilter.requireGrant(request);
        for (PublishRequest event : events) {
            guard.check(grant, event);
        }
        return keys.once(request, events, () -> hub.publish(events), answer);
    }
}
