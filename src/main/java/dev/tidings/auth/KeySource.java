package dev.tidings.auth;

import com.auth0.jwt.algorithms.Algorithm;
import org.jspecify.annotations.Nullable;

/**
 * The source of the key that tokens are verified with.
 *
 * <p>It decides at deployment whether a key suits the algorithm. The worst mistake would be to take a public key, which
 * anybody has, for the secret that signs.
 *
 * <p>A source whose keys change (it picks them by {@code kid}) gives java-jwt a key provider that checks each key with
 * {@link SigningAlgorithm#requireSuitable}. If it has no key at all, the provider throws
 * {@link KeysUnavailableException}, which {@link TokenVerifier} passes on.
 *
 * <p><b>Threads.</b> All request threads use the returned algorithm at once.
 */
public interface KeySource {

    /**
     * Returns an algorithm that verifies signatures with this source's key.
     *
     * @throws IllegalArgumentException with a sentence for the operator, without the key, when the key does not suit
     *     the algorithm
     */
    Algorithm verifying(SigningAlgorithm algorithm);

    /**
     * Returns why no token can be verified with this source's keys now, or null while tokens can be verified. The
     * sentence is shown by health checks and has no keys and no addresses. A source may read its keys here, but rarely.
     */
    default @Nullable String fault() {
        return null;
    }
}
