package dev.tidings.auth;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reasons for which a token is refused, in words.
 *
 * <p>A value of the token is repeated only where it is one of a few known names, or where the token's signature is
 * good.
 *
 * <p><b>Threads.</b> Any.
 */
final class Refusal {

    private static final Set<String> KNOWN_ALGORITHMS = Set.of(
            "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "ES256K", "PS256", "PS384",
            "PS512", "EdDSA");

    private Refusal() {}

    /** @param said the algorithm that the token names, or null */
    static UnauthorizedException algorithm(@Nullable String said, SigningAlgorithm accepted) {
        return UnauthorizedException.badToken(signature(said) + ", this hub accepts " + accepted);
    }

    static UnauthorizedException forged() {
        return UnauthorizedException.badToken("the token's signature does not match this hub's key."
                + " Sign it with that key; a hub in demo mode makes a new one at each start");
    }

    static UnauthorizedException expired(Duration ago) {
        return UnauthorizedException.badToken("the token expired " + roughly(ago) + " ago. Use a new one");
    }

    static UnauthorizedException revoked() {
        return UnauthorizedException.badToken("the token was revoked. Log in again, or get a new one");
    }

    static UnauthorizedException early(Duration before) {
        return UnauthorizedException.badToken(
                "the token becomes valid in " + roughly(before) + ". Wait, or compare the clocks");
    }

    /** @param asked the value that the claim must have */
    static UnauthorizedException missing(String claim, String asked) {
        return UnauthorizedException.badToken("the token has no " + claim + ", this hub asks for " + asked);
    }

    /** @param asked the value that the claim must have */
    static UnauthorizedException another(String claim, String asked) {
        return UnauthorizedException.badToken("the token has another " + claim + ", this hub asks for " + asked);
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
