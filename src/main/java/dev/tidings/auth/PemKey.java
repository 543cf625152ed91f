package dev.tidings.auth;

import com.auth0.jwt.algorithms.Algorithm;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * A public key in PEM form. The issuers of tokens keep the private key, and the hub can only verify.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class PemKey implements KeySource {

    private final String text;

    PemKey(String text) {
        this.text = text;
    }

    /** Whether a text has the header of a PEM, whatever its content. */
    static boolean isPem(String text) {
        return text.contains(Pem.BEGIN);
    }

    @Override
    public Algorithm verifying(SigningAlgorithm algorithm) {
        algorithm.requirePublicKeys();
        PublicKey key = Pem.publicKey(text);
        algorithm.requireSuitable(key);
        return switch (algorithm) {
            case RS256 -> Algorithm.RSA256((RSAPublicKey) key, null);
            case RS384 -> Algorithm.RSA384((RSAPublicKey) key, null);
            case RS512 -> Algorithm.RSA512((RSAPublicKey) key, null);
            case ES256 -> Algorithm.ECDSA256((ECPublicKey) key, null);
            case ES384 -> Algorithm.ECDSA384((ECPublicKey) key, null);
            case ES512 -> Algorithm.ECDSA512((ECPublicKey) key, null);
            default -> throw new AssertionError(algorithm);
        };
    }
}
