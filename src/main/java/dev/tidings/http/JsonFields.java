package dev.tidings.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * Reads the fields of one event from the text of a JSON object, strictly.
 *
 * <p>A member said twice, text after the object and whatever else two readers may understand
 * differently is refused. A byte order mark before it is ignored (RFC 8259, section 8.1). The text is
 * bounded by the body it came in, so of JSON's own bounds only the depth is left:
 * {@value #MAX_DEPTH} levels.
 */
final class JsonFields {

    private static final int MAX_DEPTH = 500;

    private static final Set<JsonToken> NUMBERS = Set.of(JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT);
    private static final Set<JsonToken> BOOLEANS = Set.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE);

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final PublishFields fields = new PublishFields();
    private final JsonParser parser;

    private JsonFields(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The fields that this object has.
     *
     * @throws InvalidRequestException saying where the text is not JSON, or which field is not what it
     *     should be
     */
    static PublishFields of(String json) {
        String text = json.startsWith("\uFEFF") ? json.substring(1) : json;
        try (JsonParser parser = JSON.createParser(text)) {
            return new JsonFields(parser).read();
        } catch (StreamConstraintsException tooDeep) {
            throw invalid("The JSON is nested deeper than " + MAX_DEPTH + " levels.");
        } catch (JsonProcessingException broken) {
            throw invalid(describe(broken));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private PublishFields read() throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw invalid("An event is a JSON object, and this is " + (first == null ? "empty" : kind(first)) + ".");
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            read(name);
        }
        if (parser.nextToken() != null) {
            throw invalid("After the JSON object there is more.");
        }
        return fields;
    }

    private void read(String name) throws IOException {
        switch (name) {
            case "msg", "data" -> readData(name);
            case "to" -> readList(name, NUMBERS);
            case "topic" -> readList(name, Set.of());
            case "type", "id" -> readText(name, Set.of());
            case "retry" -> readText(name, NUMBERS);
            case "private" -> readText(name, BOOLEANS);
            // Said without its value, so that one that is null is refused, too.
            default -> fields.add(name, "");
        }
    }

    private void readData(String name) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NULL -> {}
            case VALUE_STRING -> fields.add(name, parser.getText());
            default -> fields.add(name, CompactJson.of(parser));
        }
    }

    private void readList(String name, Set<JsonToken> alsoText) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            readText(name, alsoText);
            return;
        }
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            throw new InvalidRequestException(name, "It is an empty list; put something in it, or leave it out.");
        }
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                throw new InvalidRequestException(name, "Its list holds null; leave that out.");
            }
            readText(name, alsoText);
            parser.nextToken();
        }
    }

    /** Takes a string, or one of the other tokens, by its text; null is absent. */
    private void readText(String name, Set<JsonToken> alsoText) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.VALUE_STRING && !alsoText.contains(token)) {
            throw new InvalidRequestException(name, "It cannot be " + kind(token) + " here.");
        }
        fields.add(name, parser.getText());
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    private static InvalidRequestException invalid(String detail) {
        return new InvalidRequestException("body", detail);
    }

    private static String describe(JsonProcessingException broken) {
        // What Jackson says after a colon is advice about Jackson.
        String fault = broken.getOriginalMessage().split(": ", 2)[0];
        JsonLocation location = broken.getLocation();
        String line = location.getLineNr() == 1 ? "" : "line " + location.getLineNr() + ", ";
        return "The JSON is broken: " + fault + ", at " + line + "column " + location.getColumnNr() + ".";
    }
}
