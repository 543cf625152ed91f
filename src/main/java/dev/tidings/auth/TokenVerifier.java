package dev.tidings.auth;

import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens. A good token becomes a grant; a bad one is refused with a reason.
 *
 * <ul>
 *   <li>The algorithm and the key are this hub's, never the token's. A header that names another algorithm is refused.
 *       A key in the header, or an address of keys, is ignored.
 *   <li>Extensions that a reader must understand ({@code crit}, RFC 7515, section 4.1.11) are refused, since the hub
 *       knows none.
 *   <li>{@code exp} and {@code nbf} are checked with {@value Grant#LEEWAY_SECONDS} s of leeway for clocks that
 *       disagree. {@code iat} must be a time. It is compared only with
 *       {@link Revocations}.
 * </ul>
 *
 * <p>A good token is remembered for a minute ({@link VerifiedTokens}). A bad one never is. Whether it was revoked is looked up
 * each time ({@link Revocations}).
 *
 * <p><b>Threads.</b> Any.
 */
public final class TokenVerifier {

    private static final Duration LEEWAY = Duration.ofSeconds(Grant.LEEWAY_SECONDS);

    private final SigningAlgorithm algorithm;
    private final KeySource key;
    private final Algorithm signature;
    private final TokenRules rules;
    private final UserClaim userClaim;
    private final Clock clock;
    private final VerifiedTokens verified;
    private final Revocations revocations;

    /**
     * A verifier of a hub that has revoked no token.
     *
     * @param algorithm the one algorithm that is accepted
     * @param key the source of the key that signatures are verified with
     * @param clock the time by which tokens expire
     * @throws IllegalArgumentException with a sentence for the operator, when the key does not suit the algorithm
     */
    public TokenVerifier(SigningAlgorithm algorithm, KeySource key, TokenRules rules, Clock clock) {
        this(algorithm, key, rules, clock, new Revocations(clock));
    }

    /**
     * @param algorithm the one algorithm that is accepted
     * @param key the source of the key that signatures are verified with
     * @param clock the time by which tokens expire
     * @param revocations the tokens that count as bad before they expire
     * @throws IllegalArgumentException with a sentence for the operator, when the key does not suit the algorithm
     */
    public TokenVerifier(
            SigningAlgorithm algorithm, KeySource key, TokenRules rules, Clock clock, Revocations revocations) {
        this.algorithm = algorithm;
        this.key = key;
        this.signature = key.verifying(algorithm);
        this.rules = rules;
        this.userClaim = new UserClaim(rules.userClaim());
        this.clock = clock;
        this.verified = new VerifiedTokens(clock);
        this.revocations = revocations;
    }

    /** Returns why no token can be verified now, without any secret; null while tokens can be. It may read keys. */
    public @Nullable String fault() {
        return key.fault();
    }

    /**
     * Returns the grant of a good token.
     *
     * @param token the compact form, without {@code Bearer}; any text may be tried
     * @throws UnauthorizedException with the reason, when the token is bad
     */
    public Grant verify(String token) {
        Grant grant = token.length() > VerifiedTokens.MAX_LENGTH ? verifyAnew(token) : remembered(token);
        requireNotRevoked(grant);
        return grant;
    }

    /**
     * Returns when the token of a grant, which was verified a while ago, still counts: it has neither expired nor was it
     * revoked.
     *
     * @throws UnauthorizedException with the reason, when it does not
     */
    public void requireStillGood(Grant grant) {
        requireNotExpired(grant.expires(), clock.instant());
        requireNotRevoked(grant);
    }

    /**
     * Throws if the token of this grant was revoked since it was verified.
     *
     * @throws UnauthorizedException saying so
     */
    public void requireNotRevoked(Grant grant) {
        if (revocations.revokes(grant)) {
            throw Refusal.revoked();
        }
    }

    private Grant remembered(String token) {
        ByteBuffer digest = VerifiedTokens.digest(token);
        Grant grant = verified.find(digest);
        if (grant == null) {
            grant = verifyAnew(token);
            verified.add(digest, grant);
        }
        return grant;
    }

    private Grant verifyAnew(String text) {
        SignedToken token = SignedToken.parse(text);
        refuseExtensions(token);
        requireSignature(token);
        JsonNode claims = token.claims();
        Instant expires = requireItsTime(claims);
        Instant issued = NumericDate.in(claims, "iat");
        requireClaim(claims, "iss", rules.issuer(), false);
        requireClaim(claims, "aud", rules.audience(), true);
        String user = userClaim.in(claims);
        MercureClaim mercure = MercureClaim.in(claims);
        if (mercure == null) {
            DefaultGrant byDefault = rules.defaultGrant();
            return new Grant(
                    user, byDefault.publish(user), byDefault.subscribe(user), null, expires, issued, jti(claims), null);
        }
        return new Grant(
                user, mercure.publish(), mercure.subscribe(), mercure.payload(), expires, issued, jti(claims), null);
    }

    private static void refuseExtensions(SignedToken token) {
        if (token.header().has("crit")) {
            throw UnauthorizedException.badToken("the token demands extensions (crit) that this hub does not know");
        }
    }

    private void requireSignature(SignedToken token) {
        String said = token.algorithm();
        if (!algorithm.name().equals(said)) {
            throw Refusal.algorithm(said, algorithm);
        }
        try {
            signature.verify(new SignedParts(token));
        } catch (SignatureVerificationException forged) {
            throw Refusal.forged();
        }
    }

    private static void requireNotExpired(@Nullable Instant expires, Instant now) {
        if (expires != null && !now.isBefore(expires.plus(LEEWAY))) {
            throw Refusal.expired(Duration.between(expires, now));
        }
    }

    /** The token's own name, which is text, or a number that some issuers count up. Anything else names nothing. */
    private static @Nullable String jti(JsonNode claims) {
        JsonNode claim = claims.path("jti");
        return claim.isTextual() || claim.isNumber() ? claim.asText() : null;
    }

    /** Checks the token's times. Returns when it expires, or null for never. */
    private @Nullable Instant requireItsTime(JsonNode claims) {
        Instant now = clock.instant();
        Instant expires = NumericDate.in(claims, "exp");
        Instant begins = NumericDate.in(claims, "nbf");
        requireNotExpired(expires, now);
        if (begins != null && now.isBefore(begins.minus(LEEWAY))) {
            throw Refusal.early(Duration.between(now, begins));
        }
        return expires;
    }

    /** @param among whether the claim may be a list that contains the value */
    private static void requireClaim(JsonNode claims, String name, @Nullable String asked, boolean among) {
        if (asked == null) {
            return;
        }
        JsonNode claim = claims.path(name);
        if (claim.isMissingNode()) {
            throw Refusal.missing(name, asked);
        }
        if (!asked.equals(claim.textValue()) && !(among && holds(claim, asked))) {
            throw Refusal.another(name, asked);
        }
    }

    private static boolean holds(JsonNode list, String asked) {
        if (list.isArray()) {
            for (JsonNode entry : list) {
                if (asked.equals(entry.textValue())) {
                    return true;
                }
            }
        }
        return false;
    }
}
