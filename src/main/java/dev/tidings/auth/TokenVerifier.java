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
 * Turns a token into the grant it is proof of, or says why it proves nothing.
 *
 * <p>The algorithm and the key are this hub's, never the token's: a header that names another
 * algorithm is refused, a key or an address of keys in it is not looked at, and extensions that a
 * reader must understand ({@code crit}, RFC 7515, section 4.1.11) are refused, for this one
 * understands none. {@code exp} and {@code nbf} are honoured with {@value Grant#LEEWAY_SECONDS} s of
 * leeway for clocks that disagree; {@code iat} must be a time and is not judged. That a token is good is remembered for
 * a minute ({@link VerifiedTokens}); that one is bad never is.
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

    /**
     * @param algorithm the one that is accepted
     * @param key what its signatures are verified with
     * @param clock the time by which tokens expire
     * @throws IllegalArgumentException with a sentence for the operator, when the key does not suit
     *     the algorithm
     */
    public TokenVerifier(SigningAlgorithm algorithm, KeySource key, TokenRules rules, Clock clock) {
        this.algorithm = algorithm;
        this.key = key;
        this.signature = key.verifying(algorithm);
        this.rules = rules;
        this.userClaim = new UserClaim(rules.userClaim());
        this.clock = clock;
        this.verified = new VerifiedTokens(clock);
    }

    /** Why no token can be verified now, a sentence that holds no secret; null while they can. May read keys. */
    public @Nullable String fault() {
        return key.fault();
    }

    /**
     * The grant that this token proves.
     *
     * @param token the compact form, without {@code Bearer}; any text may be tried
     * @throws UnauthorizedException with the reason, when it proves none
     */
    public Grant verify(String token) {
        if (token.length() > VerifiedTokens.MAX_LENGTH) {
            return verifyAnew(token);
        }
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
        requireClaim(claims, "iss", rules.issuer(), false);
        requireClaim(claims, "aud", rules.audience(), true);
        String user = userClaim.in(claims);
        MercureClaim mercure = MercureClaim.in(claims);
        if (mercure == null) {
            DefaultGrant byDefault = rules.defaultGrant();
            return new Grant(user, byDefault.publish(user), byDefault.subscribe(user), null, expires);
        }
        return new Grant(user, mercure.publish(), mercure.subscribe(), mercure.payload(), expires);
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

    /** When it expires, or null for never. */
    private @Nullable Instant requireItsTime(JsonNode claims) {
        Instant now = clock.instant();
        Instant expires = NumericDate.in(claims, "exp");
        Instant begins = NumericDate.in(claims, "nbf");
        NumericDate.in(claims, "iat");
        if (expires != null && !now.isBefore(expires.plus(LEEWAY))) {
            throw Refusal.expired(Duration.between(expires, now));
        }
        if (begins != null && now.isBefore(begins.minus(LEEWAY))) {
            throw Refusal.early(Duration.between(now, begins));
        }
        return expires;
    }

    /** @param among whether a list that holds what is asked for will do */
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
