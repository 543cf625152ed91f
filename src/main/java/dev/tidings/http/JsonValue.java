package dev.tidings.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One value of JSON that a client sent. {@link StrictJson} reads it, once.
 *
 * <p>Numbers keep the form in which they were written. An object is stored as compact JSON, and so is a list, unless
 * the reader asked for its items: then each item is a value of its own, and of an item that is an object or a list no
 * more is stored than that. Either way the value takes space in proportion to its text.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class JsonValue {

    private final JsonToken token;
    private final String text;
    /** Whether what is left out of the text, in items and in what was skipped, is well-formed. */
    private final boolean restWellFormed;

    private final List<JsonValue> items;

    private JsonValue(JsonToken token, String text, boolean restWellFormed, List<JsonValue> items) {
        this.token = token;
        this.text = text;
        this.restWellFormed = restWellFormed;
        this.items = items;
    }

    private static JsonValue of(JsonToken token, String text) {
        return new JsonValue(token, text, true, List.of());
    }

    /** The value that this parser is at the beginning of; afterwards the parser is at its end. */
    static JsonValue read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return token.isStructStart() ? of(token, CompactJson.of(parser)) : readStart(parser);
    }

    /** As {@link #read}, with the items of a list apart. */
    static JsonValue readItems(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return read(parser);
        }
        var items = new ArrayList<JsonValue>();
        boolean wellFormed = true;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            JsonValue item = token.isStructStart() ? skip(token, parser) : readStart(parser);
            items.add(item);
            wellFormed &= item.isWellFormed();
        }
        return new JsonValue(JsonToken.START_ARRAY, "", wellFormed, items);
    }

    /** What the value is, and its text unless it is an object or a list. The parser stays where it is. */
    static JsonValue readStart(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return of(token, token.isStructStart() ? "" : parser.getText());
    }

    private static JsonValue skip(JsonToken start, JsonParser parser) throws IOException {
        boolean wellFormed = true;
        for (int open = 1; open > 0; ) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                open++;
            } else if (token.isStructEnd()) {
                open--;
            } else if (!token.isNumeric()) {
                wellFormed &= Utf8.isWellFormed(parser.getText());
            }
        }
        return new JsonValue(start, "", wellFormed, List.of());
    }

    /** The token that the value begins with. */
    JsonToken token() {
        return token;
    }

    /** What a person calls a value that begins with this token, such as {@code a list}. */
    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    public boolean isNull() {
        return token == JsonToken.VALUE_NULL;
    }

    public boolean isString() {
        return token == JsonToken.VALUE_STRING;
    }

    public boolean isNumber() {
        return token.isNumeric();
    }

    public boolean isList() {
        return token == JsonToken.START_ARRAY;
    }

    /** The items of a list that was read with its items; empty for everything else. */
    public List<JsonValue> items() {
        return items;
    }

    /** The characters of a string; everything else as {@link #json}. */
    public String text() {
        return isString() ? text : json();
    }

    /**
     * The value as compact JSON.
     *
     * @throws IllegalStateException for a list that was read with its items
     */
    public String json() {
        if (isList() && text.isEmpty()) {
            throw new IllegalStateException("this list was read item by item");
        }
        return isString() ? CompactJson.ofString(text) : text;
    }

    /** Whether no string or name in it holds half of a surrogate pair, which no UTF-8 can express. Each call reads it anew. */
    public boolean isWellFormed() {
        return restWellFormed && Utf8.isWellFormed(text);
    }
}
