package dev.tidings.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket stands for, as a store keeps it: what its token allows and to whom, as JSON. The token itself is not in it.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param sender names whoever got the ticket, as verifying the token would
 * @param grant that of the token
 */
record TicketContent(String sender, Grant grant) {

    private static final JsonMapper JSON = new JsonMapper();

    String encode() {
        ObjectNode json = JSON.createObjectNode();
        json.put("sender", sender);
        json.put("user", grant.user());
        json.set("publish", texts(grant.publish()));
        json.set("subscribe", texts(grant.subscribe()));
        json.put("payload", grant.payload());
        json.put("expires", text(grant.expires()));
        json.put("issued", text(grant.issued()));
        json.put("jti", grant.jti());
        SelectorSet only = grant.only();
        json.set("only", only == null ? JSON.nullNode() : texts(only));
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws IllegalArgumentException if it is none of this version */
    static TicketContent decode(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("what the ticket stands for cannot be read", broken);
        }
        JsonNode sender = json.path("sender");
        if (!sender.isTextual()) {
            throw new IllegalArgumentException("what the ticket stands for has no sender");
        }
        return new TicketContent(
                sender.textValue(),
                new Grant(
                        text(json, "user"),
                        selectors(json.path("publish")),
                        selectors(json.path("subscribe")),
                        text(json, "payload"),
                        time(json, "expires"),
                        time(json, "issued"),
                        text(json, "jti"),
                        json.path("only").isArray() ? selectors(json.path("only")) : null));
    }

    private static JsonNode texts(SelectorSet selectors) {
        return JSON.valueToTree(
                selectors.selectors().stream().map(TopicSelector::text).toList());
    }

    private static SelectorSet selectors(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return SelectorSet.parse(texts);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isTextual() ? value.textValue() : null;
    }

    private static @Nullable Instant time(JsonNode json, String name) {
        String text = text(json, name);
        return text == null ? null : Instant.parse(text);
    }
}
