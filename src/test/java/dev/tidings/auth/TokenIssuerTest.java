package dev.tidings.auth;

import static dev.tidings.auth.Verifiers.hs256;
import static dev.tidings.auth.Verifiers.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIssuerTest {

    private final TokenVerifier asksIssuer = asking("https://login.example/", null);
    private final TokenVerifier asksAudience = asking(null, "tidings");

    @Test
    void theIssuerAskedForIsAccepted() {
        assertThat(asksIssuer.verify(TokenText.of("{\"iss\":\"https://login.example/\"}")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"https://GIVEAWAY/\"", "\"https://login.example\"", "null", "7", "[\"https://login.example/\"]"
            })
    void anotherIssuerIsRefused(String issuer) {
        assertThat(reason(asksIssuer, TokenText.of("{\"iss\":" + issuer + "}")))
                .isEqualTo("the token has another iss, this hub asks for https://login.example/");
    }

    @Test
    void aTokenWithoutTheIssuerAskedForIsRefused() {
        assertThat(reason(asksIssuer, TokenText.of("{}")))
                .isEqualTo("the token has no iss, this hub asks for https://login.example/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tidings\"", "[\"tidings\"]", "[\"mail\",\"tidings\"]"})
    void theAudienceAskedForMayBeOneOfSeveral(String audience) {
        assertThat(asksAudience.verify(TokenText.of("{\"aud\":" + audience + "}")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"GIVEAWAY\"", "[]", "[\"GIVEAWAY\"]", "null", "{\"tidings\":1}"})
    void anotherAudienceIsRefused(String audience) {
        assertThat(reason(asksAudience, TokenText.of("{\"aud\":" + audience + "}")))
                .isEqualTo("the token has another aud, this hub asks for tidings");
    }

    @Test
    void aTokenWithoutTheAudienceAskedForIsRefused() {
        assertThat(reason(asksAudience, TokenText.of("{}")))
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
        assertThat(reason(asksIssuer, token)).doesNotContain("login.example");
    }

    private static TokenVerifier asking(String issuer, String audience) {
        return hs256(new TokenRules(issuer, audience, "sub", Verifiers.DEFAULT_GRANT), new ManualClock());
    }
}
