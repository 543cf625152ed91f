package dev.tidings.auth;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a token in its compact form (RFC 7515, section 7.1). Its signature is not verified yet.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param protectedHeader the header as it was signed, in Base64url
 * @param payload the claims as they were signed, in Base64url
 * @param signature the signature in Base64url, which may be empty
 * @param header the header as a JSON object
 * @param claims the claims as a JSON object
 */
record SignedToken(String protectedHeader, String payload, String signature, JsonNode header, JsonNode claims) {

    /** More than a container accepts in a header. An operator who raises that limit need not raise this one. */
    private static final int MAX_LENGTH = 64 * 1024;

    /**
     * Reads the parts of a token.
     *
     * @throws UnauthorizedException when the text is no token
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

    /** Returns the algorithm that the header names: null when it names none, empty when that is no text. */
    @Nullable
    String algorithm() {
        JsonNode algorithm = header.path("alg");
        return algorithm.isMissingNode() || algorithm.isNull() ? null : algorithm.asText();
    }

    /** Returns the name of the key that it was signed with, or null. */
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
                    + " levels, or hold a number of more than " + BoundedJson.MAX_NUMBER
                    + " digits or with a huge exponent");
        } catch (IOException broken) {
            throw UnauthorizedException.badToken(
                    "the token's claims are not a JSON object in UTF-8 with each claim once");
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
                "this is not a JWT. A JWT has three parts with dots between and begins with eyJ. Copy the whole token");
    }

    /** Leaves out the parts, which must never be logged. */
    @Override
    public String toString() {
        return "SignedToken";
    }
}
