package dev.tidings.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes tell each other, as JSON.
 *
 * <p><b>Threads.</b> Any.
 */
final class NodeMessage {

    private static final JsonMapper JSON = new JsonMapper();

    private NodeMessage() {}

    /** A message without members. */
    static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    static byte[] write(ObjectNode message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads a message.
     *
     * @throws IllegalArgumentException if it is none
     */
    static JsonNode read(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException fault) {
            // Also where the first bytes look like those of UTF-32, and the rest is none.
            throw new IllegalArgumentException("what another node says is no JSON", fault);
        }
    }

    /**
     * A member that is text.
     *
     * @throws IllegalArgumentException if there is none
     */
    static String text(JsonNode message, String name) {
        String text = textOrNull(message, name);
        if (text == null) {
            throw new IllegalArgumentException("what another node says has no " + name);
        }
        return text;
    }

    /** The texts of a member that is a list of them. Empty if it is none. */
    static List<String> texts(JsonNode message, String name) {
        var texts = new ArrayList<String>();
        message.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** A member that is text, or null. */
    static @Nullable String textOrNull(JsonNode message, String name) {
        JsonNode value = message.get(name);
        return value == null || !value.isTextual() ? null : value.textValue();
    }
}
