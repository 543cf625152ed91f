package dev.tidings.auth;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/**
 * The algorithms by which a token may be signed, by their names in RFC 7518.
 *
 * <p>A hub accepts exactly one, which is configured. The token's header is compared with it and never chooses another.
 */
public enum SigningAlgorithm {
    HS256(Family.SECRET, 256, ""),
    HS384(Family.SECRET, 384, ""),
    HS512(Family.SECRET, 512, ""),
    RS256(Family.RSA, 256, ""),
    RS384(Family.RSA, 384, ""),
    RS512(Family.RSA, 512, ""),
    ES256(Family.EC, 256, "secp256r1"),
    ES384(Family.EC, 384, "secp384r1"),
    ES512(Family.EC, 512, "secp521r1");

    private static final int SHORTEST_RSA = 2048;

    private enum Family {
        SECRET,
        RSA,
        EC
    }

    private final Family family;
    private final int hashBits;
    private final String curve;

    SigningAlgorithm(Family family, int hashBits, String curve) {
        this.family = family;
        this.hashBits = hashBits;
        this.curve = curve;
    }

    /** Whether the same secret signs and verifies. Otherwise a private key signs and a public key verifies. */
    public boolean usesSecret() {
        return family == Family.SECRET;
    }

    /** Returns the length of its hash in bytes, which is also the least length of a secret. */
    int hashBytes() {
        return hashBits / Byte.SIZE;
    }

    /**
     * Returns when this algorithm verifies with a public key.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    void requirePublicKeys() {
        if (usesSecret()) {
            throw new IllegalArgumentException(this + " needs a secret, and this is a public key, which"
                    + " anybody may know. Set tidings.jwt.algorithm to the key's own, such as RS256 or ES256");
        }
    }

    /**
     * Returns when tokens signed with this algorithm can be verified with that key.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when the key is of another kind, on another
     *     curve, or an RSA key that is too short to be safe
     */
    void requireSuitable(PublicKey key) {
        requirePublicKeys();
        if (family == Family.RSA) {
            requireRsa(key);
        } else {
            requireOnCurve(key);
        }
    }

    private void requireRsa(PublicKey key) {
        if (!(key instanceof RSAPublicKey rsa)) {
            throw new IllegalArgumentException(this + " needs an RSA key, and this is one for " + key.getAlgorithm());
        }
        int bits = rsa.getModulus().bitLength();
        if (bits < SHORTEST_RSA) {
            throw new IllegalArgumentException(
                    this + " needs an RSA key of at least " + SHORTEST_RSA + " bits, and this one has " + bits);
        }
    }

    private void requireOnCurve(PublicKey key) {
        if (!(key instanceof ECPublicKey ec)) {
            throw new IllegalArgumentException(this + " needs an EC key, and this is one for " + key.getAlgorithm());
        }
        ECParameterSpec expected = parametersOf(curve);
        ECParameterSpec actual = ec.getParams();
        if (!actual.getCurve().equals(expected.getCurve())
                || !actual.getGenerator().equals(expected.getGenerator())
                || !actual.getOrder().equals(expected.getOrder())) {
            throw new IllegalArgumentException(
                    this + " needs an EC key on the curve " + curve + ", and this one is on another");
        }
    }

    /** Returns the parameters of the curve of that name, such as {@code secp256r1}. */
    static ECParameterSpec parametersOf(String curve) {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this Java does not know the curve " + curve, e);
        }
    }
}
