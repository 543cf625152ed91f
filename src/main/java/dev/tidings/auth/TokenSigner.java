package dev.tidings.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens that a hub with the same secret and the same rules accepts.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class TokenSigner {

    private final Algorithm algorithm;
    private final TokenRules rules;
    private final Clock clock;

    /**
     * @param algorithm one that uses a secret
     * @param secret the secret, as text
     * @param rules what the hub asks of its tokens
     * @throws IllegalArgumentException with a sentence for the operator, when the secret is too short, or the algorithm
     *     signs with a private key, which no hub has
     */
    public TokenSigner(SigningAlgorithm algorithm, String secret, TokenRules rules, Clock clock) {
        if (!algorithm.usesSecret() || PemKey.isPem(secret)) {
            throw new IllegalArgumentException(
                    "the hub has only the public key; whoever has the private key signs tokens");
        }
        this.algorithm = new HmacSecret(secret).verifying(algorithm);
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Returns a token.
     *
     * @param user whom it names, or null
     * @param publish the selectors of topics that it may publish on; null, with the others, for the hub's default grant
     * @param subscribe the selectors of topics of private events that it may have; null as above
     * @param life how long it is good
     */
    public String sign(
            @Nullable String user, @Nullable List<String> publish, @Nullable List<String> subscribe, Duration life) {
        JWTCreator.Builder token = JWT.create()
                .withIssuedAt(clock.instant())
                .withExpiresAt(clock.instant().plus(life));
        if (user != null) {
            token.withClaim(rules.userClaim(), user);
        }
        if (rules.issuer() != null) {
            token.withIssuer(rules.issuer());
        }
        if (rules.audience() != null) {
            token.withAudience(rules.audience());
        }
        if (publish != null || subscribe != null) {
            Map<String, Object> grant = new LinkedHashMap<>();
            grant.put("publish", publish == null ? List.of() : publish);
            grant.put("subscribe", subscribe == null ? List.of() : subscribe);
            token.withClaim(MercureClaim.NAME, grant);
        }
        return token.sign(algorithm);
    }
}
