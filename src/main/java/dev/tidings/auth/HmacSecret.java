package dev.tidings.auth;

import com.auth0.jwt.algorithms.Algorithm;
import java.nio.charset.StandardCharsets;

/**
 * A secret that the hub shares with those who sign tokens: the UTF-8 bytes of its text.
 *
 * <p>It must have at least as many bytes as the hash (RFC 7518, section 3.2). A shorter secret can be guessed offline
 * from a single token.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class HmacSecret implements KeySource {

    private final byte[] secret;

    HmacSecret(String text) {
        secret = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Algorithm verifying(SigningAlgorithm algorithm) {
        if (!algorithm.usesSecret()) {
            throw new IllegalArgumentException(algorithm + " needs a public key in PEM form"
                    + " (-----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE-----), and this is none");
        }
        if (secret.length < algorithm.hashBytes()) {
            throw new IllegalArgumentException(algorithm + " needs a secret of at least " + algorithm.hashBytes()
                    + " bytes, and this one has " + secret.length + "; make one with: openssl rand -base64 48");
        }
        return switch (algorithm) {
            case HS256 -> Algorithm.HMAC256(secret);
            case HS384 -> Algorithm.HMAC384(secret);
            case HS512 -> Algorithm.HMAC512(secret);
            default -> throw new AssertionError(algorithm);
        };
    }
}
