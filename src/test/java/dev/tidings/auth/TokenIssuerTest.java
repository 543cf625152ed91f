package dev.tidings.auth;

import static dev.tidings.auth.Verifiers.hs256;
import static dev.tidings.auth.Verifiers.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIssuerTest {

    private static final TokenVerifier ASKS_ISSUER = asking("https://login.example/", null);
    private static final TokenVerifier ASKS_AUDIENCE = asking(null, "tidings");

    @Test
    void theIssuerAskedForIsAccepted() {
        assertThat(ASKS_ISSUER.verify(TokenText.of("{\"iss\":\"https://login.example/\"}")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"https://GIVEAWAY/\"", "\"https://login.example\"", "null", "7", "[\"https://login.example/\"]"
            })
    void anotherIssuerIsRefused(String issuer) {
        assertThat(reason(ASKS_ISSUER, TokenText.of("{\"iss\":" + issuer + "}")))
                .isEqualTo("the token has another iss, this hub asks for https://login.example/");
    }

    @Test
    void aTokenWithoutTheIssuerAskedForIsRefused() {
        assertThat(reason(ASKS_ISSUER, TokenText.of("{}")))
                .isEqualTo("the token has no iss, this hub asks for https://login.example/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tidings\"", "[\"tidings\"]", "[\"mail\",\"tidings\"]"})
    void theAudienceAskedForMayBeOneOfSeveral(String audience) {
        assertThat(ASKS_AUDIENCE.verify(TokenText.of("{\"aud\":" + audience + "}")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"GIVEAWAY\"", "[]", "[\"GIVEAWAY\"]", "null", "{\"tidings\":1}"})
    void anotherAudienceIsRefused(String audience) {
        assertThat(reason(ASKS_AUDIENCE, TokenText.of("{\"aud\":" + audience + "}")))
                .isEqualTo("the token has another aud, this hub asks for tidings");
    }

    @Test
    void aTokenWithoutTheAudienceAskedForIsRefused() {
        assertThat(reason(ASKS_AUDIENCE, TokenText.of("{}")))
                .isEqualTo("the token has no aud, this hub asks for tidings");
    }

    @Test
    void aHubThatDoesNotAskAcceptsAnyIssuerAndAudience() {
        assertThat(hs256().verify(TokenText.of("{\"iss\":\"anyone\",\"aud\":[\"anything\"]}")))
                .isNotNull();
    }

    @Test
    void whoIsNotTrustedIsNotToldWhatTheHubAsksFor() {
        String token = TokenText.signedWith(Keys.signingWithAnotherKey(SigningAlgorithm.HS256), "{}");
        assertThat(reason(ASKS_ISSUER, token)).doesNotContain("login.example");
    }

    private static TokenVerifier asking(String issuer, String audience) {
        return hs256(new TokenRules(issuer, audience, "sub", Verifiers.DEFAULT_GRANT), new ManualClock());
    }
}
