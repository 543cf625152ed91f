package dev.tidings.auth;

import com.auth0.jwt.algorithms.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes tokens from raw JSON, so that they may be wrong in ways that no library allows. */
final class TokenText {

    static final String SECRET = "a secret of the tests, as long as HS512 needs: 0123456789abcdefghij";

    private TokenText() {}

    /** Returns a token with these claims, signed with HS256 and {@link #SECRET}. */
    static String of(String claims) {
        return of("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims);
    }

    /** Returns a token with this header and these claims, signed with HS256 and {@link #SECRET}. */
    static String of(String header, String claims) {
        return of(header, claims.getBytes(StandardCharsets.UTF_8), Algorithm.HMAC256(SECRET));
    }

    /** Returns a token that this algorithm signed. Its header may name another one. */
    static String of(String header, byte[] claims, Algorithm signer) {
        String start = base64(header.getBytes(StandardCharsets.UTF_8));
        String middle = base64(claims);
        byte[] signature = signer.sign(start.getBytes(StandardCharsets.UTF_8), middle.getBytes(StandardCharsets.UTF_8));
        return start + "." + middle + "." + base64(signature);
    }

    /** Returns a token signed with this algorithm, which its header names. */
    static String signedWith(Algorithm signer, String claims) {
        return of("{\"alg\":\"" + signer.getName() + "\"}", claims.getBytes(StandardCharsets.UTF_8), signer);
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
