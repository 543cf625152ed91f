package dev.tidings.auth;

import com.auth0.jwt.algorithms.Algorithm;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Keys made for one run of the tests. */
final class Keys {

    private static final KeyPair RSA = rsa(2048);
    private static final KeyPair OTHER_RSA = rsa(2048);
    private static final KeyPair P256 = ec("secp256r1");
    private static final KeyPair P384 = ec("secp384r1");
    private static final KeyPair P521 = ec("secp521r1");

    private Keys() {}

    static KeyPair rsa() {
        return RSA;
    }

    static KeyPair rsa(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static KeyPair ec(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static KeyPair x25519() {
        try {
            return KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String pem(Key key) {
        String label = key.getFormat().equals("PKCS#8") ? "PRIVATE KEY" : "PUBLIC KEY";
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END " + label + "-----\n";
    }

    /** Returns the key that a hub is configured with. */
    static String verifying(SigningAlgorithm algorithm) {
        return algorithm.usesSecret() ? TokenText.SECRET : pem(pair(algorithm).getPublic());
    }

    /** Returns an algorithm that signs for such a hub. */
    static Algorithm signing(SigningAlgorithm algorithm) {
        return signer(algorithm, TokenText.SECRET, pair(algorithm));
    }

    /** Returns the hub's algorithm with a foreign key. */
    static Algorithm signingWithAnotherKey(SigningAlgorithm algorithm) {
        return signer(
                algorithm,
                "another" + TokenText.SECRET,
                switch (algorithm) {
                    case ES256 -> ec("secp256r1");
                    case ES384 -> ec("secp384r1");
                    case ES512 -> ec("secp521r1");
                    default -> OTHER_RSA;
                });
    }

    private static KeyPair pair(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> P256;
            case ES384 -> P384;
            case ES512 -> P521;
            default -> RSA;
        };
    }

    private static Algorithm signer(SigningAlgorithm algorithm, String secret, KeyPair pair) {
        return switch (algorithm) {
            case HS256 -> Algorithm.HMAC256(secret);
            case HS384 -> Algorithm.HMAC384(secret);
            case HS512 -> Algorithm.HMAC512(secret);
            case RS256 -> Algorithm.RSA256(null, (RSAPrivateKey) pair.getPrivate());
            case RS384 -> Algorithm.RSA384(null, (RSAPrivateKey) pair.getPrivate());
            case RS512 -> Algorithm.RSA512(null, (RSAPrivateKey) pair.getPrivate());
            case ES256 -> Algorithm.ECDSA256(null, (ECPrivateKey) pair.getPrivate());
            case ES384 -> Algorithm.ECDSA384(null, (ECPrivateKey) pair.getPrivate());
            case ES512 -> Algorithm.ECDSA512(null, (ECPrivateKey) pair.getPrivate());
        };
    }
}
