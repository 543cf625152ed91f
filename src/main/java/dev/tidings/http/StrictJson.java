package dev.tidings.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tidings.auth.BoundedJson;
import dev.tidings.event.InvalidRequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads JSON objects that clients send, strictly.
 *
 * <p>A member said twice, text after the object and whatever else two readers may understand
 * differently is refused. A byte order mark before it is ignored (RFC 8259, section 8.1).
 *
 * <p>The text is bounded by what it came in, and reading it takes time in proportion to it ({@link BoundedJson}).
 */
public final class StrictJson {

    private static final JsonFactory JSON = BoundedJson.factory()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What is done with each member of an object. */
    interface Member {

        /** Reads the value that the parser is at the beginning of, and leaves it at its end. */
        void read(String name, JsonParser parser) throws IOException;
    }

    private StrictJson() {}

    /**
     * The members of this object, in the order in which they were written.
     *
     * @param what begins the sentence that says it is no object, such as {@code An event}
     * @param lists the names of the members whose lists are read item by item
     * @throws InvalidRequestException saying where the text is not JSON
     */
    public static Map<String, JsonValue> members(String what, String json, Set<String> lists) {
        var members = new LinkedHashMap<String, JsonValue>();
        read(
                what,
                json,
                (name, parser) ->
                        members.put(name, lists.contains(name) ? JsonValue.readItems(parser) : JsonValue.read(parser)));
        return members;
    }

    /** Reads this object, member by member, as {@link #members}. */
    static void read(String what, String json, Member member) {
        String text = json.startsWith("\uFEFF") ? json.substring(1) : json;
        try (JsonParser parser = JSON.createParser(text)) {
            read(what, parser, member);
        } catch (StreamConstraintsException tooMuch) {
            throw invalid("The JSON is nested deeper than " + BoundedJson.MAX_DEPTH
                    + " levels, or holds a number of more than " + BoundedJson.MAX_NUMBER
                    + " digits; write such a number as a string.");
        } catch (JsonProcessingException broken) {
            throw invalid(describe(broken));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void read(String what, JsonParser parser, Member member) throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw invalid(
                    what + " is a JSON object, and this is " + (first == null ? "empty" : JsonValue.kind(first)) + ".");
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            member.read(name, parser);
        }
        if (parser.nextToken() != null) {
            throw invalid("More text follows the JSON object; send one object.");
        }
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
