package dev.tidings.publish;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.auth.Grant;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.Topic;
import java.util.List;

/**
 * Decides whether a grant may publish an event. Every door asks it, so that no door forgets.
 *
 * <p>Each topic must match a publish selector of the grant, and none may be the hub's own: what
 * subscribers read on the hub's own topics about clients and subscriptions is only ever said by the
 * hub, whatever a token claims.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class PublishGuard {

    private static final String ADVICE = "Add one that matches to the token's claim mercure.publish";

    private final List<String> reservedPrefixes;

    /** @param reservedPrefixes the paths whose topics, and those below, are the hub's own */
    public PublishGuard(List<String> reservedPrefixes) {
        this.reservedPrefixes = List.copyOf(reservedPrefixes);
    }

    /**
     * Returns when the grant may publish the event.
     *
     * @throws ForbiddenException naming the first topic that is the hub's own or not granted
     */
    public void check(Grant grant, PublishRequest request) {
        for (String topic : request.topics()) {
            requireNotReserved(topic);
            if (!grant.publish().matches(topic)) {
                throw new ForbiddenException(notGranted(topic, grant));
            }
        }
    }

    /**
     * Returns when a publisher that needs no grant may publish the event.
     *
     * @throws ForbiddenException naming the first topic that is the hub's own
     */
    void checkTrusted(PublishRequest request) {
        request.topics().forEach(this::requireNotReserved);
    }

    private void requireNotReserved(String topic) {
        for (String prefix : reservedPrefixes) {
            if (Topic.isUnder(topic, prefix)) {
                throw new ForbiddenException(
                        "the topic \"" + topic + "\" is the hub's own: nobody else may publish under " + prefix);
            }
        }
    }

    /**
     * Returns when an event of the hub's own may be published: all of its topics are reserved for the hub, so that
     * nobody can take it for the event of a client.
     *
     * @throws IllegalArgumentException naming the first topic on which clients may publish
     */
    void checkOwn(PublishRequest request) {
        for (String topic : request.topics()) {
            if (reservedPrefixes.stream().noneMatch(prefix -> Topic.isUnder(topic, prefix))) {
                throw new IllegalArgumentException("the topic \"" + topic + "\" is not reserved for the hub");
            }
        }
    }

    private static String notGranted(String topic, Grant grant) {
        if (grant.publish().isEmpty()) {
            return "the token has no publish selector, so it may not publish to the topic \"" + topic + "\". " + ADVICE;
        }
        String advice = Topic.inboxAdvice(topic);
        return "no publish selector of the token matches the topic \"" + topic + "\"" + ". "
                + (advice == null ? ADVICE : advice);
    }
}
