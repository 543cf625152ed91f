package dev.tidings.auth;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A token in its compact form (RFC 7515, section 7.1), taken apart; nothing of it is proven yet.
 *
 * @param protectedHeader the header as it was signed, in Base64url
 * @param payload the claims as they were signed, in Base64url
 * @param signature in Base64url, perhaps none at all
 * @param header a JSON object
 * @param claims a JSON object
 */
record SignedToken(String protectedHeader, String payload, String signature, JsonNode header, JsonNode claims) {

    /** Above what a container lets through in a header, so that those who raise that limit need not raise this one. */
    private static final int MAX_LENGTH = 64 * 1024;

    /**
     * Takes a text apart.
     *
     * @throws UnauthorizedException when it is no token
     */
    static SignedToken parse(String token) {
        if (token.length() > MAX_LENGTH) {
            throw UnauthorizedException.badToken("the token is longer than " + MAX_LENGTH + " characters");
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw noToken();
        }
        return new SignedToken(parts[0], parts[1], parts[2], header(parts[0]), claims(parts[1]));
    }

    /** What the header says it is signed with: null when it does not say, empty when that is no text. */
    @Nullable
    String algorithm() {
        JsonNode algorithm = header.path("alg");
        return algorithm.isMissingNode() || algorithm.isNull() ? null : algorithm.asText();
    }

    /** The key that it says it is signed with, or null. */
    @Nullable
    String keyId() {
        return header.path("kid").textValue();
    }

    private static JsonNode header(String part) {
        try {
            return object(JsonText.parse(decoded(part)));
        } catch (IOException broken) {
            throw noToken();
        }
    }

    private static JsonNode claims(String part) {
        byte[] bytes = decoded(part);
        if (bytes.length == 0) {
            throw noToken();
        }
        try {
            return object(JsonText.parse(bytes));
        } catch (StreamConstraintsException tooMuch) {
            throw UnauthorizedException.badToken("the token's claims are nested deeper than " + BoundedJson.MAX_DEPTH
                    + " levels, or hold a number of more than " + BoundedJson.MAX_NUMBER + " digits");
        } catch (IOException broken) {
            throw UnauthorizedException.badToken(
                    "the token's claims are not one JSON object in UTF-8 that says each claim once");
        }
    }

    private static byte[] decoded(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException notBase64) {
            throw noToken();
        }
    }

    private static JsonNode object(@Nullable JsonNode json) {
        if (json == null || !json.isObject()) {
            throw noToken();
        }
        return json;
    }

    private static UnauthorizedException noToken() {
        return UnauthorizedException.badToken(
                "this is not a JWT: three parts of Base64url with dots between, the first two JSON objects");
    }

    /** Without its parts, which must not end up in a log. */
    @Override
    public String toString() {
        return "SignedToken";
    }
}
