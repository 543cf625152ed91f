package dev.tidings.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The claim that names the user: text, or a number, which becomes its decimal text.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param name {@code sub}, or the claim configured instead
 */
record UserClaim(String name) {

    /** The longest user, in bytes of UTF-8. */
    static final int MAX_BYTES = 255;

    /**
     * Returns the user that these claims name, or null when the claim is absent or null.
     *
     * @throws UnauthorizedException when the claim cannot be a user
     */
    @Nullable
    String in(JsonNode claims) {
        JsonNode claim = claims.path(name);
        if (claim.isMissingNode() || claim.isNull()) {
            return null;
        }
        if (claim.isNumber()) {
            return decimal(claim.decimalValue());
        }
        if (!claim.isTextual()) {
            throw refused("is neither text nor a number");
        }
        return checked(claim.textValue());
    }

    private String decimal(BigDecimal number) {
        // 1e999999999 is short in the token and would take a gigabyte when written out.
        if (Math.abs((long) number.scale()) + number.precision() > MAX_BYTES) {
            throw tooLong();
        }
        return number.toPlainString();
    }

    private String checked(String user) {
        if (user.isEmpty()) {
            throw refused("is empty");
        }
        if (user.chars().anyMatch(Character::isISOControl)) {
            throw refused("holds a control character");
        }
        if (user.length() > MAX_BYTES || bytesOf(user) > MAX_BYTES) {
            throw tooLong();
        }
        return user;
    }

    private int bytesOf(String user) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(user))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw refused("holds half of a surrogate pair");
        }
    }

    private UnauthorizedException tooLong() {
        return refused("is longer than " + MAX_BYTES + " bytes");
    }

    private UnauthorizedException refused(String fault) {
        return UnauthorizedException.badToken("the token's user (claim " + name + ") " + fault);
    }
}
