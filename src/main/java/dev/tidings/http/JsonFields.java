package dev.tidings.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishFields;
import java.io.IOException;
import java.util.Set;

/**
 * Reads the fields of one event from the text of a JSON object, as strictly as {@link StrictJson}.
 */
public final class JsonFields {

    private static final Set<JsonToken> NUMBERS = Set.of(JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT);
    private static final Set<JsonToken> SWITCHES =
            Set.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE, JsonToken.VALUE_NUMBER_INT);

    private final PublishFields fields = new PublishFields();

    private JsonFields() {}

    /**
     * The fields that this object has.
     *
     * @throws InvalidRequestException saying where the text is not JSON, or which field is not what it
     *     should be
     */
    public static PublishFields of(String json) {
        var reading = new JsonFields();
        StrictJson.read("An event", json, reading::read);
        return reading.fields;
    }

    private void read(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "msg", "data" -> readData(name, parser);
            case "to" -> readList(name, parser, NUMBERS);
            case "topic" -> readList(name, parser, Set.of());
            case "type", "id" -> readText(name, parser, Set.of());
            case "retry" -> readText(name, parser, NUMBERS);
            case "private" -> readText(name, parser, SWITCHES);
            // Said without its value, so that one that is null is refused, too.
            default -> fields.add(name, "");
        }
    }

    private void readData(String name, JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NULL -> {}
            case VALUE_STRING -> fields.add(name, parser.getText());
            default -> fields.add(name, CompactJson.of(parser));
        }
    }

    private void readList(String name, JsonParser parser, Set<JsonToken> alsoText) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            readText(name, parser, alsoText);
            return;
        }
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            throw new InvalidRequestException(name, "It is an empty list; put something in it, or leave it out.");
        }
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                throw new InvalidRequestException(name, "Its list holds null; leave that out.");
            }
            readText(name, parser, alsoText);
            parser.nextToken();
        }
    }

    /** Takes a string, or one of the other tokens, by its text; null is absent. */
    private void readText(String name, JsonParser parser, Set<JsonToken> alsoText) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.VALUE_STRING && !alsoText.contains(token)) {
            throw new InvalidRequestException(name, "It cannot be " + StrictJson.kind(token) + " here.");
        }
        fields.add(name, parser.getText());
    }
}
