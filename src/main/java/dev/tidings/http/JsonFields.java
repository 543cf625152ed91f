package dev.tidings.http;

import static com.fasterxml.jackson.core.JsonToken.VALUE_FALSE;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_FLOAT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_TRUE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishFields;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Makes the fields of one event of the members of a JSON object, as strictly as {@link StrictJson}: each field has the
 * types of JSON that it may have, and null is absent.
 *
 * <p>A text is refused at its first fault: what follows it is not read.
 *
 * <p><b>Threads.</b> Any; an instance serves one object.
 */
public final class JsonFields {

    private static final Set<String> DATA = Set.of("msg", "data");
    private static final Set<String> LISTS = Set.of("to", "topic");

    /** What may stand for the text of a field beside a string, where anything may. */
    private static final Map<String, Set<JsonToken>> ALSO_TEXT = Map.of(
            "to", Set.of(VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT),
            "retry", Set.of(VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT),
            "private", Set.of(VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT));

    private final PublishFields fields = new PublishFields();

    private JsonFields() {}

    /**
     * The fields that the object of this text has.
     *
     * @throws InvalidRequestException saying where the text is not JSON, or which field is not what it
     *     should be
     */
    public static PublishFields of(String json) {
        var reading = new JsonFields();
        StrictJson.read("An event", json, reading::read);
        return reading.fields;
    }

    /**
     * The fields that these members are.
     *
     * @param members by the names of fields that there are, the lists of {@code to} and {@code topic} with their items
     * @throws InvalidRequestException saying which field is not what it should be
     */
    public static PublishFields of(Map<String, JsonValue> members) {
        var reading = new JsonFields();
        members.forEach(reading::add);
        return reading.fields;
    }

    private void read(String name, JsonParser parser) throws IOException {
        if (!PublishFields.isField(name)) {
            // Without its value, so that one that is null is refused as well.
            fields.add(name, "");
        } else if (LISTS.contains(name) && parser.currentToken() == JsonToken.START_ARRAY) {
            boolean empty = true;
            for (; parser.nextToken() != JsonToken.END_ARRAY; empty = false) {
                addItem(name, JsonValue.readStart(parser));
            }
            requireItems(name, empty);
        } else {
            addOne(name, DATA.contains(name) ? JsonValue.read(parser) : JsonValue.readStart(parser));
        }
    }

    private void add(String name, JsonValue value) {
        if (LISTS.contains(name) && value.isList()) {
            value.items().forEach(item -> addItem(name, item));
            requireItems(name, value.items().isEmpty());
        } else {
            addOne(name, value);
        }
    }

    /** Refuses a list in which there is nothing. */
    static void requireItems(String name, boolean empty) {
        if (empty) {
            throw new InvalidRequestException(name, "It is an empty list; put something in it, or leave it out.");
        }
    }

    private void addItem(String name, JsonValue item) {
        if (item.isNull()) {
            throw new InvalidRequestException(name, "Its list holds null; leave that out.");
        }
        addOne(name, item);
    }

    private void addOne(String name, JsonValue value) {
        if (value.isNull()) {
            return;
        }
        boolean fits = DATA.contains(name) || value.isString();
        if (!fits && !ALSO_TEXT.getOrDefault(name, Set.of()).contains(value.token())) {
            throw new InvalidRequestException(name, "It cannot be " + JsonValue.kind(value.token()) + " here.");
        }
        fields.add(name, value.text());
    }
}
