package dev.tidings.publish;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.auth.Grant;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.Topic;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a grant may publish an event. Every door asks it, so that no door forgets.
 *
 * <p>Each topic must match a publish selector of the grant, and none may be the hub's own: what
 * subscribers read on the hub's own topics about clients and subscriptions is only ever said by the
 * hub, whatever a token claims. Nor may it have the id that an event of a relayed row has.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class PublishGuard {

    private static final String ADVICE = "Add one that matches to the token's claim mercure.publish";

    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private final List<String> reservedPrefixes;
    private final @Nullable String rowPrefix;

    /** @param reservedPrefixes the paths whose topics, and those below, are the hub's own */
    public PublishGuard(List<String> reservedPrefixes) {
        this(reservedPrefixes, null);
    }

    /**
     * @param reservedPrefixes the paths whose topics, and those below, are the hub's own
     * @param rowPrefix what the ids begin with that events of a database's rows have, before a number; null if there are none. A relay
     *     finds out by such an id whether a row is published, so nobody else may give one
     */
    public PublishGuard(List<String> reservedPrefixes, @Nullable String rowPrefix) {
        this.reservedPrefixes = List.copyOf(reservedPrefixes);
        this.rowPrefix = rowPrefix;
    }

    /**
     * Returns when the grant may publish the event.
     *
     * @throws ForbiddenException naming the first topic that is the hub's own or not granted
     * @throws InvalidRequestException if it has the id of a row
     */
    public void check(Grant grant, PublishRequest request) {
        requireNoRow(request.id());
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

    private void requireNoRow(@Nullable String id) {
        if (id != null
                && rowPrefix != null
                && id.startsWith(rowPrefix)
                && NUMBER.matcher(id.substring(rowPrefix.length())).matches()) {
            throw new InvalidRequestException(
                    "id",
                    "\"" + rowPrefix
                            + "\" and a number is the id of a row that this hub relays from a database. Use another.");
        }
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
