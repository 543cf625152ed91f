package dev.tidings.mercure;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.http.Json;
import dev.tidings.hub.Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Subscriptions as JSON-LD, by the names that the protocol gives them. A subscriber has one subscription for each
 * topic selector it asked for.
 */
final class SubscriptionDocument {

    private static final String CONTEXT = "https://mercure.rocks/";

    private SubscriptionDocument() {}

    /** One subscription, as a document of its own. */
    static Map<String, Object> of(Client client, TopicSelector topic, boolean active) {
        Map<String, Object> document = withContext();
        document.putAll(member(client, topic, active));
        return document;
    }

    /** Those that are active, as a document of that path. */
    static Map<String, Object> collection(String path, String lastEventId, List<Map<String, Object>> members) {
        Map<String, Object> document = withContext();
        document.put("id", path);
        document.put("type", "Subscriptions");
        document.put("lastEventID", lastEventId);
        document.put("subscriptions", members);
        return document;
    }

    /** One subscription, inside a collection. */
    static Map<String, Object> member(Client client, TopicSelector topic, boolean active) {
        var member = new LinkedHashMap<String, Object>();
        member.put("id", address(client, topic).path());
        member.put("type", "Subscription");
        member.put("topic", topic.text());
        member.put("subscriber", client.id());
        member.put("active", active);
        String payload = client.peer().payload();
        if (payload != null) {
            // It is JSON already, with numbers as the token's issuer wrote them.
            member.put("payload", new RawValue(payload));
        }
        return member;
    }

    /** Where a subscription's document is. */
    static SubscriptionAddress address(Client client, TopicSelector topic) {
        return new SubscriptionAddress(topic.text(), client.id());
    }

    static String json(Map<String, Object> document) {
        return Json.text(document);
    }

    private static Map<String, Object> withContext() {
        var document = new LinkedHashMap<String, Object>();
        document.put("@context", CONTEXT);
        return document;
    }
}
