package dev.tidings.auth;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON that others wrote, strictly and within the bounds of {@link BoundedJson}.
 *
 * <p>The text is UTF-8, has each member once and nothing after the value. A text that two readers may understand
 * differently is refused. A byte order mark is skipped (RFC 8259, section 8.1). Numbers stay as they were written.
 *
 * <p><b>Threads.</b> Any.
 */
final class JsonText {

    private static final ObjectReader STRICT = JsonMapper.builder(
                    BoundedJson.factory().build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private JsonText() {}

    /**
     * Reads a value.
     *
     * @throws IOException when the bytes are no JSON, or may be understood in two ways. Its message may quote them
     * @throws StreamConstraintsException when they are beyond the bounds, or a number has an exponent of ten digits
     */
    static JsonNode parse(byte[] bytes) throws IOException {
        // Jackson, given bytes, would guess other encodings and repair malformed UTF-8.
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        try {
            return STRICT.readValue(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (NumberFormatException tooLarge) {
            // Jackson takes an exponent of any length, and then cannot make a number of it.
            throw new StreamConstraintsException("a number has an exponent that is too large");
        }
    }
}
