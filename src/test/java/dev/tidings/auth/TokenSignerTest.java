package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.event.selector.TopicSelector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenSignerTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final TokenRules PLAIN = rules(null, null, "sub");

    private final String secret = RandomSecret.text();

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = EnumSource.Mode.MATCH_ANY, names = "HS.*")
    void newSecretIsLongEnoughForEachAlgorithm(SigningAlgorithm algorithm) {
        String token = new TokenSigner(algorithm, secret, PLAIN, CLOCK).sign("a", null, null, Duration.ofMinutes(1));
        assertThat(new TokenVerifier(algorithm, KeySources.of(secret), PLAIN, CLOCK)
                        .verify(token)
                        .user())
                .isEqualTo("a");
    }

    @Test
    void noTwoSecretsAreAlike() {
        assertThat(secret).hasSize(64).isNotEqualTo(RandomSecret.text());
    }

    @Test
    void tokenHasTheUserTheTimeAndTheDefaultGrant() {
        Grant grant = verified(PLAIN, "a", null, null);
        assertThat(grant.user()).isEqualTo("a");
        assertThat(grant.expires()).isEqualTo(NOW.plusSeconds(60));
        assertThat(grant.subscribe().selectors())
                .extracting(TopicSelector::text)
                .containsExactly("/users/a");
    }

    @Test
    void selectorsTakeThePlaceOfTheDefaultGrant() {
        Grant grant = verified(PLAIN, null, List.of("/p", "*"), null);
        assertThat(grant.user()).isNull();
        assertThat(grant.publish().selectors()).extracting(TopicSelector::text).containsExactly("/p", "*");
        assertThat(grant.subscribe().selectors()).isEmpty();
        assertThat(verified(PLAIN, "a", null, List.of("/s")).publish().selectors())
                .isEmpty();
    }

    @Test
    void tokenSaysWhatTheHubAsksFor() {
        assertThat(verified(rules("me", "us", "email"), "a", null, null).user()).isEqualTo("a");
    }

    @Test
    void publicKeySignsNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenSigner(SigningAlgorithm.RS256, secret, PLAIN, CLOCK))
                .withMessage("the hub has only the public key; whoever has the private key signs tokens");
    }

    @Test
    void shortSecretIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenSigner(SigningAlgorithm.HS256, "short", PLAIN, CLOCK))
                .withMessageStartingWith("HS256 needs a secret of at least 32 bytes");
    }

    private Grant verified(
            TokenRules rules, @Nullable String user, @Nullable List<String> publish, @Nullable List<String> subscribe) {
        String token = new TokenSigner(SigningAlgorithm.HS256, secret, rules, CLOCK)
                .sign(user, publish, subscribe, Duration.ofMinutes(1));
        return new TokenVerifier(SigningAlgorithm.HS256, KeySources.of(secret), rules, CLOCK).verify(token);
    }

    private static TokenRules rules(@Nullable String issuer, @Nullable String audience, String userClaim) {
        return new TokenRules(issuer, audience, userClaim, new DefaultGrant(List.of("/users/{sub}"), List.of()));
    }
}
