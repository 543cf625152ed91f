package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.testing.ManualClock;
import java.util.List;

/** The verifier of most tests, and the facts that hold of each refusal. */
final class Verifiers {

    static final DefaultGrant DEFAULT_GRANT =
            new DefaultGrant(List.of("/users/{sub}", "/all"), List.of("/users/{sub}"));
    static final TokenRules RULES = new TokenRules(null, null, "sub", DEFAULT_GRANT);

    private Verifiers() {}

    /** Accepts the tokens that {@link TokenText#of(String)} makes. */
    static TokenVerifier hs256() {
        return hs256(RULES, new ManualClock());
    }

    static TokenVerifier hs256(TokenRules rules, ManualClock clock) {
        return new TokenVerifier(SigningAlgorithm.HS256, KeySources.of(TokenText.SECRET), rules, clock);
    }

    /** Returns why a token is refused. The reason must repeat no part of the token. */
    static String reason(TokenVerifier verifier, String token) {
        UnauthorizedException refusal = catchThrowableOfType(UnauthorizedException.class, () -> verifier.verify(token));
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.tokenGiven()).isTrue();
        assertThat(refusal).hasNoCause();
        for (String part : token.split("\\.", -1)) {
            if (part.length() > 4) {
                assertThat(refusal.getMessage()).doesNotContain(part);
            }
        }
        assertThat(refusal.getMessage()).doesNotContain("GIVEAWAY");
        return refusal.getMessage();
    }

    /** Returns why a token with these claims and a good signature is refused. */
    static String reasonForClaims(String claims) {
        return reason(hs256(), TokenText.of(claims));
    }
}
