package dev.tidings.auth;

import com.auth0.jwt.algorithms.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes tokens from raw JSON, so that they may say what no library would let them say. */
final class TokenText {

    static final String SECRET = "a secret of the tests, as long as HS512 needs: 0123456789abcdefghij";

    private TokenText() {}

    /** A token with these claims, signed with HS256 and {@link #SECRET}. */
    static String of(String claims) {
        return of("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims);
    }

    /** The same with a header of its own. */
    static String of(String header, String claims) {
        return of(header, claims.getBytes(StandardCharsets.UTF_8), Algorithm.HMAC256(SECRET));
    }

    /** A token that any algorithm signed, whatever the header says. */
    static String of(String header, byte[] claims, Algorithm signer) {
        String start = base64(header.getBytes(StandardCharsets.UTF_8));
        String middle = base64(claims);
        byte[] signature = signer.sign(start.getBytes(StandardCharsets.UTF_8), middle.getBytes(StandardCharsets.UTF_8));
        return start + "." + middle + "." + base64(signature);
    }

    /** A token signed with an algorithm that the header names truthfully. */
    static String signedWith(Algorithm signer, String claims) {
        return of("{\"alg\":\"" + signer.getName() + "\"}", claims.getBytes(StandardCharsets.UTF_8), signer);
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
