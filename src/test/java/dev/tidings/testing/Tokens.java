package dev.tidings.testing;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token in the making, good until something is changed about it.
 *
 * <pre>{@code
 * Tokens.user("alice").jwt()
 * Tokens.grant("bob", List.of("/news"), List.of("/news", "/users/bob")).jwt()
 * Tokens.user("alice").expiring(Duration.ofMinutes(-3)).jwt()
 * Tokens.user("alice").signedWith(Tokens.hmac256("another secret, as long as it has to be")).jwt()
 * }</pre>
 *
 * <p>A token is signed with HS256 and {@link #SECRET}, which every container of {@link ContainerSpec} accepts,
 * and expires in an hour. Immutable: each step returns another one.
 */
public final class Tokens {

    /** The secret of the tests: 64 bytes, long enough for HS512. */
    public static final String SECRET = "for-tests-only-0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKL";

    /** The claim that holds the grant. */
    public static final String CLAIM = "mercure";

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Map<String, Object> claims;
    private final Algorithm algorithm;
    private final @Nullable String keyId;

    private Tokens(Map<String, Object> claims, Algorithm algorithm, @Nullable String keyId) {
        this.claims = claims;
        this.algorithm = algorithm;
        this.keyId = keyId;
    }

    /** A token with no user and no grant. */
    public static Tokens anyone() {
        return new Tokens(Map.of(), hmac256(SECRET), null).expiring(LIFETIME);
    }

    /** A token that says who its bearer is and nothing else, so that it gets the default grant. */
    public static Tokens user(String sub) {
        return anyone().claim("sub", sub);
    }

    /** A token of {@code sub} with a grant of these selectors. */
    public static Tokens grant(String sub, List<String> publish, List<String> subscribe) {
        return user(sub).claim(CLAIM, Map.of("publish", publish, "subscribe", subscribe));
    }

    /** A token that may publish and subscribe to everything, and operate the hub as well. */
    public static Tokens operator() {
        List<String> all =
                List.of("*", "/clients", "/clients/{id}", "/hub{+any}", "/metrics", "/.well-known/mercure{+any}");
        return grant("operator", all, all);
    }

    /** HS256 with {@code secret}. */
    public static Algorithm hmac256(String secret) {
        return Algorithm.HMAC256(secret);
    }

    /** The same token with {@code name} set to a string, number, boolean, list or map. */
    public Tokens claim(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(claims);
        changed.put(name, value);
        return new Tokens(changed, algorithm, keyId);
    }

    /** The same token without the claim {@code name}. */
    public Tokens without(String name) {
        Map<String, Object> changed = new LinkedHashMap<>(claims);
        changed.remove(name);
        return new Tokens(changed, algorithm, keyId);
    }

    /** The same token with an {@code exp} so far from now; one that has expired when negative. */
    public Tokens expiring(Duration fromNow) {
        return expiring(Instant.now().plus(fromNow));
    }

    /** The same token with this {@code exp}; JWT keeps whole seconds only. */
    public Tokens expiring(Instant at) {
        return claim("exp", at.getEpochSecond());
    }

    /** The same token, signed otherwise; {@link Algorithm#none()} leaves it unsigned. */
    public Tokens signedWith(Algorithm other) {
        return new Tokens(claims, other, keyId);
    }

    /** The same token with {@code kid} in its header. */
    public Tokens keyId(String kid) {
        return new Tokens(claims, algorithm, kid);
    }

    /** The token as it travels. */
    public String jwt() {
        JWTCreator.Builder builder = JWT.create().withPayload(claims);
        if (keyId != null) {
            builder.withKeyId(keyId);
        }
        return builder.sign(algorithm);
    }

    /** The token as the value of an {@code Authorization} header. */
    public String bearer() {
        return "Bearer " + jwt();
    }
}
