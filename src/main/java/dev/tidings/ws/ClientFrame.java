package dev.tidings.ws;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.JsonValue;
import dev.tidings.http.StrictJson;
import dev.tidings.http.Utf8;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A frame that a client has sent: a JSON object, parsed once.
 *
 * <p>A member that its type does not know is refused, rather than let a misspelt {@code private} publish to everyone.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class ClientFrame {

    private static final int MAX_REF = 255;
    private static final String TYPE = "type";
    private static final String REF = "ref";

    /** The members that may be lists of topics or users. */
    private static final Set<String> LISTS = Set.of("topics", "to");

    private final Map<String, JsonValue> members;
    private final @Nullable String ref;

    private ClientFrame(Map<String, JsonValue> members) {
        this.members = members;
        JsonValue given = value(REF);
        this.ref = given == null ? null : ref(given);
    }

    /**
     * The frame that this text is, its type not yet looked at.
     *
     * @throws InvalidRequestException if it is no JSON object
     */
    static ClientFrame read(String text) {
        return new ClientFrame(StrictJson.members("A frame", text, LISTS));
    }

    /** The JSON of the string or number by which the answer refers to the frame; null when it has no valid one. */
    @Nullable
    String ref() {
        return ref;
    }

    /**
     * The type of the frame.
     *
     * @throws InvalidRequestException if there is no such type, the frame has a member that this type has not, or holds
     *     half of a surrogate pair
     */
    FrameType type() {
        members.forEach((name, value) -> {
            if (!Utf8.isWellFormed(name) || !value.isWellFormed()) {
                throw new InvalidRequestException(name, "It holds half of a surrogate pair; give well-formed Unicode.");
            }
        });
        FrameType type = FrameType.named(text(TYPE));
        for (String name : members.keySet()) {
            if (!name.equals(TYPE) && !name.equals(REF) && !type.members().contains(name)) {
                throw new InvalidRequestException(
                        name,
                        "A frame of the type " + type + " has no such member. It has "
                                + String.join(", ", type.members()) + " and ref.");
            }
        }
        if (value(REF) != null && ref == null) {
            throw new InvalidRequestException(REF, "Give a string or a number, of at most " + MAX_REF + " characters.");
        }
        return type;
    }

    /** A member as it was given, JSON's null too; null when there is none. */
    @Nullable
    JsonValue member(String name) {
        return members.get(name);
    }

    /** A member that is a string; null when there is none, or it is something else. */
    @Nullable
    String text(String name) {
        JsonValue value = value(name);
        return value != null && value.isString() ? value.text() : null;
    }

    /**
     * A member that is a list of strings, or one string.
     *
     * @throws InvalidRequestException if it is missing, empty or something else
     */
    List<String> texts(String name) {
        JsonValue value = value(name);
        List<JsonValue> strings = value == null ? List.of() : value.isString() ? List.of(value) : value.items();
        if (strings.isEmpty() || !strings.stream().allMatch(JsonValue::isString)) {
            throw new InvalidRequestException(name, "Give a list of strings, with one at least.");
        }
        return strings.stream().map(JsonValue::text).toList();
    }

    private static @Nullable String ref(JsonValue given) {
        if (!given.isString() && !given.isNumber()) {
            return null;
        }
        String json = given.json();
        return json.length() <= MAX_REF && Utf8.isWellFormed(json) ? json : null;
    }

    /** The value of a member; null when there is none, or it is JSON's null. */
    private @Nullable JsonValue value(String name) {
        JsonValue value = members.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
