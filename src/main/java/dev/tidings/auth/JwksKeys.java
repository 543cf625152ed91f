package dev.tidings.auth;

import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.ECDSAKeyProvider;
import com.auth0.jwt.interfaces.RSAKeyProvider;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a JWK set, picked by a token's {@code kid}.
 *
 * <p>The set is read once at deployment, so that the log says at once when it cannot be read. The hub is deployed all
 * the same, and answers 503 until the set can be read.
 *
 * <p><b>Threads.</b> Any.
 */
final class JwksKeys implements KeySource {

    private final JwksAddress address;
    private final LongSupplier nanoTime;

    /** Null until {@link #verifying} says which algorithm they are for. */
    private volatile @Nullable JwksCache keys;

    JwksKeys(JwksAddress address, LongSupplier nanoTime) {
        this.address = address;
        this.nanoTime = nanoTime;
    }

    @Override
    public Algorithm verifying(SigningAlgorithm algorithm) {
        algorithm.requirePublicKeys();
        var cache = new JwksCache(address, algorithm, nanoTime);
        cache.begin();
        keys = cache;
        return switch (algorithm) {
            case RS256 -> Algorithm.RSA256(new RsaKeys(cache));
            case RS384 -> Algorithm.RSA384(new RsaKeys(cache));
            case RS512 -> Algorithm.RSA512(new RsaKeys(cache));
            case ES256 -> Algorithm.ECDSA256(new EcKeys(cache));
            case ES384 -> Algorithm.ECDSA384(new EcKeys(cache));
            case ES512 -> Algorithm.ECDSA512(new EcKeys(cache));
            default -> throw new AssertionError(algorithm);
        };
    }

    @Override
    public @Nullable String fault() {
        JwksCache cache = keys;
        return cache == null ? null : cache.fault();
    }

    private record RsaKeys(JwksCache keys) implements RSAKeyProvider {

        @Override
        public RSAPublicKey getPublicKeyById(@Nullable String keyId) {
            return (RSAPublicKey) keys.find(keyId);
        }

        @Override
        public @Nullable RSAPrivateKey getPrivateKey() {
            return null;
        }

        @Override
        public @Nullable String getPrivateKeyId() {
            return null;
        }
    }

    private record EcKeys(JwksCache keys) implements ECDSAKeyProvider {

        @Override
        public ECPublicKey getPublicKeyById(@Nullable String keyId) {
            return (ECPublicKey) keys.find(keyId);
        }

        @Override
        public @Nullable ECPrivateKey getPrivateKey() {
            return null;
        }

        @Override
        public @Nullable String getPrivateKeyId() {
            return null;
        }
    }
}
