package dev.tidings.auth;

import com.auth0.jwt.RegisteredClaims;
import com.auth0.jwt.exceptions.AlgorithmMismatchException;
import com.auth0.jwt.exceptions.IncorrectClaimException;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.exceptions.MissingClaimException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says in our words why java-jwt refused a token. What the token itself says is repeated only where
 * it is one of a few known names, or was signed by somebody who holds the key.
 */
record Refusal(SigningAlgorithm accepted, TokenRules rules, Clock clock) {

    private static final Set<String> KNOWN_ALGORITHMS = Set.of(
            "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "ES256K", "PS256", "PS384",
            "PS512", "EdDSA");

    UnauthorizedException of(DecodedJWT jwt, JWTVerificationException cause) {
        return UnauthorizedException.badToken(reason(jwt, cause));
    }

    private String reason(DecodedJWT jwt, JWTVerificationException cause) {
        if (cause instanceof AlgorithmMismatchException) {
            return signature(jwt.getAlgorithm()) + ", this hub accepts " + accepted;
        }
        if (cause instanceof SignatureVerificationException) {
            return "the token's signature does not match this hub's key";
        }
        if (cause instanceof TokenExpiredException expired) {
            return "the token expired " + roughly(Duration.between(expired.getExpiredOn(), clock.instant())) + " ago";
        }
        if (cause instanceof MissingClaimException missing) {
            return "the token has no " + missing.getClaimName() + asked(missing.getClaimName());
        }
        if (cause instanceof IncorrectClaimException incorrect) {
            return RegisteredClaims.NOT_BEFORE.equals(incorrect.getClaimName())
                    ? "the token becomes valid in "
                            + roughly(Duration.between(clock.instant(), jwt.getNotBeforeAsInstant()))
                    : "the token has another " + incorrect.getClaimName() + asked(incorrect.getClaimName());
        }
        return "the token cannot be verified";
    }

    private static String signature(@Nullable String algorithm) {
        if (algorithm == null) {
            return "the token does not say how it is signed";
        }
        if (algorithm.equals("none")) {
            return "the token is not signed";
        }
        return "the token is signed with " + (KNOWN_ALGORITHMS.contains(algorithm) ? algorithm : "something unknown");
    }

    private String asked(String claim) {
        return ", this hub asks for " + (claim.equals(RegisteredClaims.ISSUER) ? rules.issuer() : rules.audience());
    }

    private static String roughly(Duration time) {
        if (time.toDays() > 0) {
            return counted(time.toDays(), "day");
        }
        if (time.toHours() > 0) {
            return counted(time.toHours(), "hour");
        }
        if (time.toMinutes() > 0) {
            return counted(time.toMinutes(), "minute");
        }
        return counted(time.toSeconds(), "second");
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
