package dev.tidings.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON that others wrote, strictly: UTF-8 alone, each member once, nothing after the value. Where two readers may
 * understand a text differently it is refused. A byte order mark is skipped (RFC 8259, section 8.1). Numbers stay as they
 * were written.
 *
 * <p>What a text may cost is bounded by its length: at most {@value #MAX_DEPTH} levels, numbers of at most
 * {@value #MAX_NUMBER} digits (Java's time to read one grows with the square of its length), and no table of names,
 * since names that are made to collide in one would be compared with each other again and again.
 *
 * <p><b>Threads.</b> Any.
 */
final class JsonText {

    static final int MAX_DEPTH = 500;
    static final int MAX_NUMBER = 1000;

    private static final ObjectReader STRICT = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .maxNameLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private JsonText() {}

    /**
     * The value that these bytes say.
     *
     * @throws IOException when they say none, or may be understood in two ways; its message may quote them
     */
    static JsonNode parse(byte[] bytes) throws IOException {
        // A parser of bytes would guess at other encodings, and mend malformed ones
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return STRICT.readValue(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
}
