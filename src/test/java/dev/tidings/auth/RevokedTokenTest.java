package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What verification makes of revocations. */
class RevokedTokenTest {

    private final ManualClock clock = new ManualClock();
    private final Revocations revocations = new Revocations(clock);
    private final TokenVerifier verifier = new TokenVerifier(
            SigningAlgorithm.HS256, KeySources.of(TokenText.SECRET), Verifiers.RULES, clock, revocations);

    private void revoke(String jti) {
        revocations.put(Revocation.ofToken(jti, clock.instant().plus(Duration.ofDays(1))));
    }

    @Test
    void rememberedTokenIsRefusedFromTheRevocationOn() {
        String token = TokenText.of("{\"sub\":\"alice\",\"jti\":\"t1\"}");
        verifier.verify(token);
        revoke("t1");
        assertThat(Verifiers.reason(verifier, token)).contains("revoked");
    }

    @Test
    void tokenTooLongToBeRememberedIsRefusedToo() {
        String token = TokenText.of("{\"sub\":\"alice\",\"jti\":\"t1\",\"x\":\"" + "x".repeat(2_000) + "\"}");
        verifier.verify(token);
        revoke("t1");
        assertThat(Verifiers.reason(verifier, token)).contains("revoked");
    }

    @Test
    void withdrawnRevocationLetsTheTokenInAgain() {
        String token = TokenText.of("{\"sub\":\"alice\",\"jti\":\"t1\"}");
        revoke("t1");
        revocations.remove(Revocation.ofToken("t1", clock.instant()).id());
        assertThat(verifier.verify(token).user()).isEqualTo("alice");
    }

    @Test
    void numberIsANameLikeAnyOther() {
        revoke("17");
        assertThat(Verifiers.reason(verifier, TokenText.of("{\"sub\":\"alice\",\"jti\":17}")))
                .contains("revoked");
    }

    @Test
    void whatIsNoNameIsNone() {
        assertThat(verifier.verify(TokenText.of("{\"sub\":\"alice\",\"jti\":{\"a\":1}}"))
                        .jti())
                .isNull();
    }

    @Test
    void tokenIsAsOldAsItSays() {
        long now = clock.instant().getEpochSecond();
        revocations.put(
                Revocation.ofUser("alice", clock.instant(), clock.instant().plus(Duration.ofDays(1))));
        assertThat(verifier.verify(TokenText.of("{\"sub\":\"alice\",\"iat\":" + (now + 1) + "}"))
                        .issued())
                .isEqualTo(Instant.ofEpochSecond(now + 1));
        assertThat(Verifiers.reason(verifier, TokenText.of("{\"sub\":\"alice\",\"iat\":" + (now - 1) + "}")))
                .contains("revoked");
        assertThat(Verifiers.reason(verifier, TokenText.of("{\"sub\":\"alice\"}")))
                .contains("revoked");
    }
}
