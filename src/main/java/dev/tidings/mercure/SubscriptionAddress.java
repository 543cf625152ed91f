package dev.tidings.mercure;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Topic;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions that an address names: all, those to one topic selector, or one subscriber's to it.
 *
 * <p>{@code /.well-known/mercure/subscriptions{/topic}{/subscriber}}, or the same two in the query, for containers
 * that let no encoded slash through. The path is read as the client wrote it, since containers decode it, and with it
 * the slashes that belong to a topic.
 *
 * @param topic a topic selector as its subscriber wrote it, or null for all
 * @param subscriber a client's id, or null for all; never without a topic
 */
record SubscriptionAddress(@Nullable String topic, @Nullable String subscriber) {

    /** The path of all of them. */
    static final String ALL = MercureServlet.PATH + "/subscriptions";

    private static final String TOPIC = "topic";
    private static final String SUBSCRIBER = "subscriber";
    private static final int MOST_PARTS = 2;

    /**
     * The address that this request asks for.
     *
     * @throws InvalidRequestException when the query names a subscriber and no topic, or the path is malformed
     * @throws Problem 404 when the path is no such address
     */
    static SubscriptionAddress of(HttpServletRequest request) {
        String all = request.getContextPath() + ALL;
        String path = request.getRequestURI();
        if (path.equals(all)) {
            return of(Query.of(request));
        }
        String[] parts =
                path.startsWith(all + "/") ? path.substring(all.length() + 1).split("/", -1) : new String[0];
        if (parts.length == 0 || parts.length > MOST_PARTS || parts[0].isEmpty() || parts[parts.length - 1].isEmpty()) {
            throw Problem.notFound();
        }
        return new SubscriptionAddress(
                Query.ofPath(parts[0]), parts.length < MOST_PARTS ? null : Query.ofPath(parts[1]));
    }

    private static SubscriptionAddress of(Query query) {
        var address = new SubscriptionAddress(query.first(TOPIC), query.first(SUBSCRIBER));
        if (address.topic == null && address.subscriber != null) {
            throw new InvalidRequestException(TOPIC, "It is missing; name the topic that the subscriber asked for.");
        }
        return address;
    }

    /** The path, in the form that a template expands to. */
    String path() {
        return subscriber == null ? ofTopic() : ofTopic() + '/' + Topic.percentEncode(subscriber);
    }

    /**
     * The topics that grants are compared with: the path and, where a subscriber is named, the path with its id as it
     * is. A selector may name it either way.
     */
    List<String> topics() {
        return subscriber == null ? List.of(path()) : List.of(path(), ofTopic() + '/' + subscriber);
    }

    private String ofTopic() {
        return topic == null ? ALL : ALL + '/' + Topic.percentEncode(topic);
    }
}
