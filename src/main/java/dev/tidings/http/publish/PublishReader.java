package dev.tidings.http.publish;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.Topic;
import dev.tidings.http.Body;
import dev.tidings.http.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request wants to publish, one implementation for each form in which it may say so.
 *
 * <p><b>Threads.</b> Implementations hold no state of a request; any.
 */
public interface PublishReader {

    /** The most bytes of a body that it reads. */
    long maxBodyBytes();

    /**
     * The events to publish, as one unit: one at least.
     *
     * @param fields the query, without what is for others
     * @param trace the trace that the publish is part of, as the request names it, or null
     * @param inboxUser the user whose inbox an event without a topic is for, or null when the token names no user
     * @param check throws what would refuse an event later. A reader of many events calls it for each, so that a
     *     refusal can name its line. A reader of one event leaves it to the publish service
     * @throws InvalidRequestException naming the field that is at fault
     */
    List<PublishRequest> read(
            Query fields,
            Body body,
            @Nullable String trace,
            @Nullable String inboxUser,
            Consumer<PublishRequest> check);

    /** The answer to the publisher once the events are published. */
    default Map<String, ?> answer(List<Event> events) {
        Event event = events.get(0);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("id", event.id());
        answer.put("topics", event.topics());
        event.topics().stream()
                .map(Topic::inboxAdvice)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(advice -> answer.put("hint", advice));
        return answer;
    }

    /** Refuses fields in the query. Readers that take the fields from the body would otherwise overlook them. */
    static void refuseFields(Query query) {
        for (Query.Pair pair : query) {
            throw new InvalidRequestException(
                    pair.name(), "It is in the query; with this content type, put all fields into the body.");
        }
    }
}
