package dev.tidings.auth;

import static dev.tidings.auth.Verifiers.hs256;
import static dev.tidings.auth.Verifiers.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTimesTest {

    private final ManualClock clock = new ManualClock();
    private final TokenVerifier verifier = hs256(Verifiers.RULES, clock);
    private final Instant start = clock.instant();

    @Test
    void aTokenIsGoodUntilItExpires() {
        String token = TokenText.of("{\"exp\":" + start.plusSeconds(60).getEpochSecond() + "}");
        clock.advance(Duration.ofSeconds(59));
        assertThat(verifier.verify(token).expires()).isEqualTo(start.plusSeconds(60));
    }

    @Test
    void fiveSecondsOfLeewayAreGivenAtVerification() {
        String token = TokenText.of("{\"exp\":" + start.getEpochSecond() + "}");
        clock.advance(Duration.ofMillis(4999));
        assertThat(verifier.verify(token)).isNotNull();
    }

    @Test
    void theLeewayDoesNotProlongTheGrant() {
        String token = TokenText.of("{\"exp\":" + start.getEpochSecond() + "}");
        clock.advance(Duration.ofSeconds(3));
        assertThat(verifier.verify(token).expires()).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5 seconds",
        "59, 59 seconds",
        "60, 1 minute",
        "180, 3 minutes",
        "3599, 59 minutes",
        "3600, 1 hour",
        "86399, 23 hours",
        "86400, 1 day",
        "172800, 2 days"
    })
    void anExpiredTokenIsToldSinceWhen(long seconds, String time) {
        String token = TokenText.of("{\"exp\":" + start.getEpochSecond() + "}");
        clock.advance(Duration.ofSeconds(seconds));
        assertThat(reason(verifier, token)).isEqualTo("the token expired " + time + " ago");
    }

    @Test
    void anExpiryWithAFractionCountsFromItsWholeSecond() {
        String token = TokenText.of("{\"exp\":" + start.getEpochSecond() + ".9}");
        assertThat(verifier.verify(token).expires()).isEqualTo(start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-31557014167219200"})
    void anExpiryLongAgoIsRefused(String exp) {
        assertThat(reason(verifier, TokenText.of("{\"exp\":" + exp + "}"))).endsWith(" days ago");
    }

    @Test
    void aTokenIsNotGoodBeforeItsTime() {
        String token = TokenText.of("{\"nbf\":" + start.plusSeconds(125).getEpochSecond() + "}");
        assertThat(reason(verifier, token)).isEqualTo("the token becomes valid in 2 minutes");
    }

    @Test
    void fiveSecondsOfLeewayAreGivenBeforeItsTime() {
        String token = TokenText.of("{\"nbf\":" + start.plusSeconds(5).getEpochSecond() + "}");
        assertThat(verifier.verify(token)).isNotNull();
        clock.advance(Duration.ofMillis(-1));
        assertThat(reason(verifier, token)).isEqualTo("the token becomes valid in 5 seconds");
    }

    @Test
    void whenItWasIssuedIsNotJudged() {
        assertThat(verifier.verify(
                        TokenText.of("{\"iat\":" + start.plusSeconds(3600).getEpochSecond() + "}")))
                .isNotNull();
    }

    @Test
    void aTimeThatIsNullIsAbsent() {
        assertThat(verifier.verify(TokenText.of("{\"exp\":null,\"nbf\":null}")).expires())
                .isNull();
    }
}
