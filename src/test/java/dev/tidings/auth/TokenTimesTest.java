package dev.tidings.auth;

import static dev.tidings.auth.Verifiers.hs256;
import static dev.tidings.auth.Verifiers.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        assertThat(reason(verifier, token)).isEqualTo("the token expired " + time + " ago. Use a new one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXP.9", "\"EXP.9\"", "EXP900e-3", "\"EXP900E-3\""})
    void anExpiryMayHaveAFraction(String exp) {
        String token = TokenText.of("{\"exp\":" + exp.replace("EXP", "" + start.getEpochSecond()) + "}");
        assertThat(verifier.verify(token).expires()).isEqualTo(start.plusMillis(900));
    }

    @Test
    void timesMayBeTextThatIsANumber() {
        long now = start.getEpochSecond();
        String token =
                TokenText.of("{\"exp\":\"" + (now + 60) + "\",\"nbf\":\"" + (now - 60) + "\",\"iat\":\"" + now + "\"}");
        assertThat(verifier.verify(token).expires()).isEqualTo(start.plusSeconds(60));
        clock.advance(Duration.ofSeconds(65));
        assertThat(reason(verifier, token)).isEqualTo("the token expired 5 seconds ago. Use a new one");
    }

    @Test
    void aTimeToComeMayBeText() {
        String token = TokenText.of("{\"nbf\":\"" + start.plusSeconds(125).getEpochSecond() + ".5\"}");
        assertThat(reason(verifier, token))
                .isEqualTo("the token becomes valid in 2 minutes. Wait, or compare the clocks");
    }

    @ParameterizedTest
    @CsvSource({
        "exp, 1767268800000",
        "exp, '\"1767268800000\"'",
        "exp, 253402300800",
        "exp, 1e30",
        "exp, 1e400",
        "exp, 31556889864403199",
        "nbf, 1767268800000",
        "iat, 1767268800000",
        "iat, '\"1.7672688e12\"'"
    })
    void aTimeInMillisecondsIsRefused(String claim, String time) {
        assertThat(reason(verifier, TokenText.of("{\"" + claim + "\":" + time + "}")))
                .isEqualTo("the token's " + claim + " is beyond the year 9999, as if it were in milliseconds: exp, nbf"
                        + " and iat are seconds since 1970");
    }

    @ParameterizedTest
    @CsvSource({
        "253402300799, 9999-12-31T23:59:59Z",
        "253402300799.999999999, 9999-12-31T23:59:59.999999999Z",
    })
    void theLastSecondOfTheYear9999IsATime(String exp, Instant expires) {
        assertThat(verifier.verify(TokenText.of("{\"exp\":" + exp + "}")).expires())
                .isEqualTo(expires);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1.5, 1.5", "0.5, 0", "2, 2"})
    void firstSecondsOf1970AreTimes(String exp, String seconds) {
        clock.set(Instant.EPOCH);
        assertThat(verifier.verify(TokenText.of("{\"exp\":" + exp + "}")).expires())
                .isEqualTo(Instant.EPOCH.plusMillis((long) (1_000 * Double.parseDouble(seconds))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "[]",
                "{}",
                "\"\"",
                "\" 7\"",
                "\"7s\"",
                "\"0x7\"",
                "\"tomorrow\"",
                "\"NaN\"",
                "\"\u0661\"",
                "\"1e9999999999\"",
                "\"2026-01-01T00:00:00Z\""
            })
    void aTimeThatIsNoNumberIsRefused(String time) {
        for (String claim : List.of("exp", "nbf", "iat")) {
            assertThat(reason(verifier, TokenText.of("{\"" + claim + "\":" + time + "}")))
                    .isEqualTo("the token's " + claim + " is no time: exp, nbf and iat are seconds since 1970");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "\"-1.5\"", "1e-999999", "-62135596800"})
    void anExpiryLongAgoIsRefused(String exp) {
        assertThat(reason(verifier, TokenText.of("{\"exp\":" + exp + "}"))).endsWith(" days ago. Use a new one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-62135596801", "-1e30", "-31557014167219200"})
    void aTimeBeforeTheYear1IsNone(String exp) {
        assertThat(reason(verifier, TokenText.of("{\"exp\":" + exp + "}"))).contains("is before the year 1");
    }

    @Test
    void aTokenIsNotGoodBeforeItsTime() {
        String token = TokenText.of("{\"nbf\":" + start.plusSeconds(125).getEpochSecond() + "}");
        assertThat(reason(verifier, token))
                .isEqualTo("the token becomes valid in 2 minutes. Wait, or compare the clocks");
    }

    @Test
    void fiveSecondsOfLeewayAreGivenBeforeItsTime() {
        String token = TokenText.of("{\"nbf\":" + start.plusSeconds(5).getEpochSecond() + "}");
        assertThat(verifier.verify(token)).isNotNull();
        clock.advance(Duration.ofMillis(-1));
        assertThat(reason(verifier, token))
                .isEqualTo("the token becomes valid in 5 seconds. Wait, or compare the clocks");
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
