package dev.tidings.ws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishFields;
import dev.tidings.http.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A frame that a client has sent: a JSON object, whose members are kept as JSON until they are asked for.
 *
 * <p>A member that its type does not know is refused, rather than let a misspelt {@code private} publish to everyone.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class ClientFrame {

    private static final ObjectMapper JSON = StrictJson.mapper();
    private static final int MAX_REF = 255;
    private static final String TYPE = "type";
    private static final String REF = "ref";

    private final Map<String, String> members;

    private ClientFrame(Map<String, String> members) {
        this.members = members;
    }

    /**
     * The frame that this text is, its type not yet looked at.
     *
     * @throws InvalidRequestException if it is no JSON object
     */
    static ClientFrame read(String text) {
        return new ClientFrame(StrictJson.members("A frame", text));
    }

    /** What its answer refers to it by, as JSON: a string or a number. Null when there is none, or it is something else. */
    @Nullable
    String ref() {
        JsonNode ref = value(REF);
        String json = members.get(REF);
        boolean fits = json != null && json.length() <= MAX_REF && isWellFormed(json);
        return fits && ref != null && (ref.isTextual() || ref.isNumber()) ? json : null;
    }

    /**
     * What it says.
     *
     * @throws InvalidRequestException if there is no such type, it has a member that this type has not, or holds half of a
     *     surrogate pair
     */
    FrameType type() {
        members.forEach((name, json) -> {
            if (!isWellFormed(name) || !isWellFormed(json)) {
                throw new InvalidRequestException(
                        PublishFields.shown(name), "It holds half of a surrogate pair; give well-formed Unicode.");
            }
        });
        FrameType type = FrameType.named(text(TYPE));
        for (String name : members.keySet()) {
            if (!name.equals(TYPE) && !name.equals(REF) && !type.members().contains(name)) {
                throw new InvalidRequestException(
                        PublishFields.shown(name),
                        "There is no such member of " + type + ". It has " + String.join(", ", type.members())
                                + " and ref.");
            }
        }
        if (members.containsKey(REF) && value(REF) != null && ref() == null) {
            throw new InvalidRequestException(REF, "Give a string or a number, of at most " + MAX_REF + " characters.");
        }
        return type;
    }

    /** A member as compact JSON, or null when there is none. */
    @Nullable
    String json(String name) {
        return members.get(name);
    }

    /** A member that is a string; null when there is none, or it is something else. */
    @Nullable
    String text(String name) {
        JsonNode value = value(name);
        return value == null ? null : value.textValue();
    }

    /**
     * A member that is a list of strings, or one string.
     *
     * @throws InvalidRequestException if it is missing, empty or something else
     */
    List<String> texts(String name) {
        JsonNode value = value(name);
        var texts = new ArrayList<String>();
        if (value != null && value.isTextual()) {
            texts.add(value.textValue());
        } else if (value != null && value.isArray()) {
            value.forEach(one -> texts.add(one.textValue()));
        }
        if (texts.isEmpty() || texts.contains(null)) {
            throw new InvalidRequestException(name, "Give a list of strings, with one at least.");
        }
        return texts;
    }

    private static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** The value of a member; null when there is none, or it is JSON's null. */
    private @Nullable JsonNode value(String name) {
        String json = members.get(name);
        try {
            return json == null || json.equals("null") ? null : JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
