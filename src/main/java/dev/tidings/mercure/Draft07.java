package dev.tidings.mercure;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishFields;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.http.Query;
import dev.tidings.http.SubscriptionReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a request as draft 07 defines them.
 *
 * <p>Where a field is given twice the first counts, and a field that the draft does not know is ignored: publishers
 * that work with other hubs send some.
 *
 * <p><b>Threads.</b> Any.
 */
final class Draft07 {

    /** The most topics of a stream, and of an event. */
    static final int MAX_TOPICS = PublishRequest.MAX_TOPICS;

    private static final String TOPIC = "topic";
    private static final String PRIVATE = "private";
    private static final List<String> OPTIONAL = List.of("data", "id", "type", "retry");

    private Draft07() {}

    /**
     * The topics that a request subscribes to.
     *
     * @throws InvalidRequestException when the query has no topic, too many, or one that is no selector
     */
    static SelectorSet topics(Query query) {
        SelectorSet topics = SubscriptionReader.topics(query, MAX_TOPICS);
        if (topics.isEmpty()) {
            throw missingTopic("name what to subscribe to.");
        }
        return topics;
    }

    /**
     * The event that a form describes. It is private when the form has that field, whatever its value.
     *
     * @param trace the trace that the publish is part of, as the request names it, or null
     * @param maxDataBytes the most bytes that the data may have as UTF-8
     * @throws InvalidRequestException naming the field that is wrong or missing
     */
    static PublishRequest event(Query form, @Nullable String trace, int maxDataBytes) {
        List<String> topics = form.all(TOPIC);
        if (topics.isEmpty()) {
            throw missingTopic("say what the event is about.");
        }
        var fields = new PublishFields();
        topics.forEach(topic -> fields.add(TOPIC, topic));
        for (String name : OPTIONAL) {
            String value = form.first(name);
            if (value != null) {
                fields.add(name, value);
            }
        }
        if (form.first(PRIVATE) != null) {
            fields.add(PRIVATE, "on");
        }
        return fields.ofTrace(trace).build(null, maxDataBytes);
    }

    private static InvalidRequestException missingTopic(String advice) {
        return new InvalidRequestException(TOPIC, "Missing \"topic\" parameter: " + advice);
    }
}
