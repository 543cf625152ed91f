package dev.tidings.publish;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.auth.Grant;
import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.FencedException;
import dev.tidings.hub.Hub;
import dev.tidings.hub.KeyReusedException;
import dev.tidings.hub.Limit;
import dev.tidings.hub.LimitReachedException;
import dev.tidings.hub.Once;
import dev.tidings.hub.RateLimit;
import dev.tidings.hub.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events, whichever door or feed they come from.
 *
 * <p>An event of a client is published when its grant allows that, and once for each idempotency key. The hub's own
 * publishers have no grant. Their events are on topics that are reserved for the hub.
 *
 * <p><b>Threads.</b> Any. A thread that publishes is held while the log accepts. {@link #passOwn} does not wait.
 */
public final class PublishService {

    private final Hub hub;
    private final PublishGuard guard;
    private final RateLimit rate;
    private final Refusals refusals;
    private final IdempotencyKeys keys;

    /**
     * @param guard decides whether a grant may publish
     * @param rate how many events one user may publish in a second
     * @param refusals counts what that refuses
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}, by which idempotency keys
     *     are forgotten
     * @param wait how publishers wait for the log
     */
    public PublishService(
            Hub hub, PublishGuard guard, RateLimit rate, Refusals refusals, LongSupplier nanoTime, BoundedWait wait) {
        this.hub = hub;
        this.guard = guard;
        this.rate = rate;
        this.refusals = refusals;
        this.keys = new IdempotencyKeys(nanoTime, wait);
    }

    /**
     * Checks whether {@link #publish} would refuse this event, so that a door can name the one of many that is at
     * fault.
     *
     * @throws ForbiddenException naming a topic that the grant may not publish on
     * @throws InvalidRequestException if it brings an id that only the log gives
     */
    public void check(Grant grant, PublishRequest event) {
        guard.check(grant, event);
        hub.check(event);
    }

    /**
     * Publishes events as one unit.
     *
     * @return the events that the log has accepted, one for each request
     * @throws ForbiddenException naming a topic that the grant may not publish on; nothing is published then
     * @throws InvalidRequestException as {@link #check} does, nor is anything published then
     * @throws LimitReachedException if its user publishes too fast, nor then
     */
    public List<Event> publish(Grant grant, List<PublishRequest> events) {
        requireAllowed(grant, events);
        return PublishLog.around(grant, () -> hub.publish(events, null, grant.user()));
    }

    /**
     * As {@link #publish(Grant, List)}, unless that was done under a key.
     *
     * @param key gives the key, which is its caller's alone, or null to publish in any case. It is asked for when the
     *     events are allowed, since a refusal comes first
     * @param answer makes the publisher's answer of the events that the log has accepted
     * @return the answer; the first one where there was one
     * @throws KeyReusedException when the key was used for something else
     */
    public byte[] publish(
            Grant grant,
            Supplier<@Nullable String> key,
            List<PublishRequest> events,
            Function<List<Event>, byte[]> answer) {
        requireAllowed(grant, events);
        String name = key.get();
        return name == null
                ? answer.apply(PublishLog.around(grant, () -> hub.publish(events, null, grant.user())))
                : keys.once(
                        name,
                        events,
                        once -> PublishLog.around(grant, () -> hub.publish(events, once, grant.user())),
                        answer);
    }

    /**
     * Checks whether {@link #publishTrusted} would refuse this event.
     *
     * @throws ForbiddenException naming a topic that is the hub's own
     * @throws InvalidRequestException if it brings an id that only the log gives
     */
    public void checkTrusted(PublishRequest event) {
        guard.checkTrusted(event);
        hub.check(event);
    }

    /**
     * Publishes events as one unit for a publisher that needs no grant, since the operator has let it in.
     *
     * @param once what makes the unit the same as another. A log of one process leaves that to the caller
     * @return the events that the log has accepted, one for each request
     * @throws ForbiddenException as {@link #checkTrusted} does; nothing is published then
     * @throws FencedException if another has taken the caller's place
     */
    public List<Event> publishTrusted(List<PublishRequest> events, Once once) {
        events.forEach(guard::checkTrusted);
        return PublishLog.around(Grant.anonymous(), () -> hub.publish(events, once, null));
    }

    /**
     * Publishes an event of the hub's own, which is stored like a client's event.
     *
     * @throws IllegalArgumentException if one of its topics is not reserved for the hub
     */
    public void publishOwn(PublishRequest event) {
        guard.checkOwn(event);
        hub.publish(List.of(event));
    }

    /**
     * Passes an event of the hub's own to the subscribers that are here now. It is not stored.
     *
     * @throws IllegalArgumentException if one of its topics is not reserved for the hub
     */
    public void passOwn(PublishRequest event) {
        guard.checkOwn(event);
        hub.pass(event);
    }

    private void requireAllowed(Grant grant, List<PublishRequest> events) {
        for (PublishRequest event : events) {
            guard.check(grant, event);
        }
        requireSlow(grant, events.size());
    }

    /** The events of one request pass together. Whoever publishes many at once has to wait afterwards. */
    private void requireSlow(Grant grant, int events) {
        if (grant.user() == null) {
            return;
        }
        Duration wait = rate.take(grant.user(), events);
        if (!wait.isZero()) {
            throw refusals.refuse(
                    Limit.PUBLISH_RATE,
                    grant.user(),
                    "This user publishes more than " + rate.most() + " events a second (" + Limit.PUBLISH_RATE.setting()
                            + "). Publish less often, or try again later.",
                    wait);
        }
    }
}
