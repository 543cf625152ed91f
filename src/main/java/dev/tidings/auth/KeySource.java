package dev.tidings.auth;

import com.auth0.jwt.algorithms.Algorithm;
import org.jspecify.annotations.Nullable;

/**
 * Where the key that tokens are verified with comes from.
 *
 * <p>Whether a key suits the algorithm is decided here, when the hub is deployed, because the
 * worst mistake of all is to take a public key, which anybody has, for the secret that signs.
 *
 * <p>A source whose keys change (one that picks them by {@code kid}) gives java-jwt a key provider
 * that checks each key with {@link SigningAlgorithm#requireSuitable}. When it has no key to offer at
 * all it throws {@link KeysUnavailableException} from there, which {@link TokenVerifier} passes on.
 *
 * <p><b>Threads.</b> What it returns is used by all request threads at once.
 */
public interface KeySource {

    /**
     * What verifies a signature of this algorithm with this source's key.
     *
     * @throws IllegalArgumentException with a sentence for the operator, free of the key, when the key
     *     does not suit the algorithm
     */
    Algorithm verifying(SigningAlgorithm algorithm);

    /**
     * Why no token can be verified with this source's keys now: a sentence for whoever watches the hub, free of keys and
     * addresses; null while they can be. A source that has to read its keys first may do so here, but rarely.
     */
    default @Nullable String fault() {
        return null;
    }
}
