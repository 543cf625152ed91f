package dev.tidings.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Takes a JSON value out of a document as text without the spaces between its tokens.
 *
 * <p>Numbers keep the form they were written in, {@code 1.10} and {@code 1e3} alike: no publisher loses
 * a digit to a type of ours.
 */
final class CompactJson {

    private static final JsonFactory JSON = new JsonFactory();

    private CompactJson() {}

    /** The value that this parser is at the beginning of; afterwards it is at its end. */
    static String of(JsonParser parser) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(text)) {
            int open = 0;
            do {
                switch (parser.currentToken()) {
                    case START_OBJECT, START_ARRAY -> open++;
                    case END_OBJECT, END_ARRAY -> open--;
                    default -> {}
                }
                if (parser.currentToken().isNumeric()) {
                    copy.writeNumber(parser.getText());
                } else {
                    copy.copyCurrentEvent(parser);
                }
            } while (open > 0 && parser.nextToken() != null);
        }
        return text.toString();
    }

    /** The JSON of a string with these characters. */
    static String ofString(String characters) {
        var json = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(json)) {
            generator.writeString(characters);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return json.toString();
    }
}
