package dev.tidings.auth;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;

/**
 * Reads a payload whose signature has been verified, strictly.
 *
 * <p>java-jwt has parsed it before, loosely: of a claim said twice it takes the last, it lets
 * malformed UTF-8 and trailing text pass. Where two readers may understand a token differently it
 * is refused. Numbers stay as the issuer wrote them.
 */
final class Claims {

    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private Claims() {}

    /**
     * The claims in a token's middle part.
     *
     * @throws UnauthorizedException when they can be understood in more than one way, or not at all
     */
    static JsonNode of(String payload) {
        try {
            return STRICT.readValue(Base64.getUrlDecoder().decode(payload));
        } catch (IOException | IllegalArgumentException e) {
            throw UnauthorizedException.badToken(
                    "the token's claims are not one JSON object in UTF-8 that says each claim once");
        }
    }
}
