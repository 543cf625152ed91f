package dev.tidings.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns a token into the grant it is proof of, or says why it proves nothing.
 *
 * <p>The algorithm and the key are this hub's, never the token's: a header that names another
 * algorithm is refused, a key or an address of keys in it is not looked at, and extensions that a
 * reader must understand ({@code crit}, RFC 7515, section 4.1.11) are refused, for this one
 * understands none. {@code exp} and {@code nbf} are honoured with {@value #LEEWAY_SECONDS} s of
 * leeway for clocks that disagree; {@code iat} is not judged. That a token is good is remembered for a
 * minute ({@link VerifiedTokens}); that one is bad never is.
 *
 * <p><b>Threads.</b> Any.
 */
public final class TokenVerifier {

    /** Above what a container lets through in a header, so that those who raise that limit need not raise this one. */
    private static final int MAX_LENGTH = 64 * 1024;

    static final int LEEWAY_SECONDS = 5;

    private final JWTVerifier verifier;
    private final UserClaim userClaim;
    private final DefaultGrant defaultGrant;
    private final Refusal refusal;
    private final VerifiedTokens verified;

    /**
     * @param algorithm the one that is accepted
     * @param key what its signatures are verified with
     * @param clock the time by which tokens expire
     * @throws IllegalArgumentException with a sentence for the operator, when the key does not suit
     *     the algorithm
     */
    public TokenVerifier(SigningAlgorithm algorithm, KeySource key, TokenRules rules, Clock clock) {
        var checks = JWT.require(key.verifying(algorithm))
                .acceptLeeway(LEEWAY_SECONDS)
                .ignoreIssuedAt();
        if (rules.issuer() != null) {
            checks.withIssuer(rules.issuer());
        }
        if (rules.audience() != null) {
            checks.withAudience(rules.audience());
        }
        // The only way java-jwt offers to a clock of our own
        verifier = ((JWTVerifier.BaseVerification) checks).build(clock);
        userClaim = new UserClaim(rules.userClaim());
        defaultGrant = rules.defaultGrant();
        refusal = new Refusal(algorithm, rules, clock);
        verified = new VerifiedTokens(clock);
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

    private Grant verifyAnew(String token) {
        DecodedJWT jwt = decode(token);
        refuseExtensions(jwt);
        try {
            verifier.verify(jwt);
        } catch (JWTVerificationException e) {
            throw refusal.of(jwt, e);
        }
        JsonNode claims = Claims.of(jwt.getPayload());
        String user = userClaim.in(claims);
        Instant expires = expiry(jwt);
        MercureClaim mercure = MercureClaim.in(claims);
        if (mercure == null) {
            return new Grant(user, defaultGrant.publish(user), defaultGrant.subscribe(user), null, expires);
        }
        return new Grant(user, mercure.publish(), mercure.subscribe(), mercure.payload(), expires);
    }

    private static DecodedJWT decode(String token) {
        if (token.length() > MAX_LENGTH) {
            throw UnauthorizedException.badToken("the token is longer than " + MAX_LENGTH + " characters");
        }
        try {
            DecodedJWT jwt = JWT.decode(token);
            // A part that is the JSON null becomes Java's inside java-jwt, and would fail at its first use, later
            jwt.getAlgorithm();
            jwt.getClaims();
            return jwt;
        } catch (RuntimeException e) {
            throw UnauthorizedException.badToken("this is not a JWT: three parts of Base64url with dots between, the"
                    + " first two JSON objects, in which exp, nbf and iat are seconds since 1970");
        }
    }

    private static void refuseExtensions(DecodedJWT jwt) {
        if (!jwt.getHeaderClaim("crit").isMissing()) {
            throw UnauthorizedException.badToken("the token demands extensions (crit) that this hub does not know");
        }
    }

    private static @Nullable Instant expiry(DecodedJWT jwt) {
        Instant expires = jwt.getExpiresAtAsInstant();
        if (expires != null && expires.getEpochSecond() > Long.MAX_VALUE / 1000) {
            throw UnauthorizedException.badToken("the token's exp is too far ahead to be a time");
        }
        return expires;
    }
}
