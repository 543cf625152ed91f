package dev.tidings.auth;

import static dev.tidings.auth.Verifiers.hs256;
import static dev.tidings.auth.Verifiers.reasonForClaims;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserClaimTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"alice", "*", "{x}", "a/b", "Zoë", "名前", "a b", " ", "%2A", "👋", "..", "https://id.example/7"})
    void anyOrdinaryTextIsAUser(String user) {
        assertThat(userOf("{\"sub\":\"" + user + "\"}")).isEqualTo(user);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "-7, -7",
        "4.50, 4.50",
        "12345678901234567890123, 12345678901234567890123",
        "1e3, 1000",
        "1.0, 1.0",
        "-0, 0",
        "1e30, 1000000000000000000000000000000",
        "1e-3, 0.001"
    })
    void aNumberBecomesItsDecimalText(String number, String user) {
        assertThat(userOf("{\"sub\":" + number + "}")).isEqualTo(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sub\":null}"})
    void aTokenNeedNotNameAUser(String claims) {
        assertThat(userOf(claims)).isNull();
    }

    @Test
    void anotherClaimMayNameTheUser() {
        var rules = new TokenRules(null, null, "preferred_username", Verifiers.DEFAULT_GRANT);
        Grant grant = hs256(rules, new ManualClock())
                .verify(TokenText.of("{\"sub\":\"7\",\"preferred_username\":\"alice\"}"));
        assertThat(grant.user()).isEqualTo("alice");
        assertThat(grant.subscribe().matches("/users/alice")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "[\"GIVEAWAY\"]", "{\"a\":\"GIVEAWAY\"}"})
    void anotherTypeIsRefused(String json) {
        assertThat(reasonForClaims("{\"sub\":" + json + "}"))
                .isEqualTo("the token's user (claim sub) is neither text nor a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\u0000", "GIVEAWAY\\u001f", "\\u007f", "\\u0085"})
    void controlCharactersAreRefused(String text) {
        assertThat(reasonForClaims("{\"sub\":\"" + text + "\"}"))
                .isEqualTo("the token's user (claim sub) holds a control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "GIVEAWAY\\udc4b", "\\udc4b\\ud83d"})
    void halfASurrogatePairIsRefused(String text) {
        assertThat(reasonForClaims("{\"sub\":\"" + text + "\"}"))
                .isEqualTo("the token's user (claim sub) holds half of a surrogate pair");
    }

    @Test
    void anEmptyUserIsRefused() {
        assertThat(reasonForClaims("{\"sub\":\"\"}")).isEqualTo("the token's user (claim sub) is empty");
    }

    @Test
    void aUserMayHave255Bytes() {
        assertThat(userOf("{\"sub\":\"" + "ä".repeat(127) + "a\"}")).hasSize(128);
        assertThat(userOf("{\"sub\":\"" + "a".repeat(255) + "\"}")).hasSize(255);
        assertThat(userOf("{\"sub\":1" + "0".repeat(254) + "}")).hasSize(255);
    }

    @Test
    void moreThan255BytesAreRefused() {
        String ascii = "a".repeat(256);
        String umlauts = "ä".repeat(128);
        String digits = "1" + "0".repeat(255);
        for (String claim : List.of("\"" + ascii + "\"", "\"" + umlauts + "\"", digits)) {
            assertThat(reasonForClaims("{\"sub\":" + claim + "}"))
                    .isEqualTo("the token's user (claim sub) is longer than 255 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "1e300"})
    void aNumberThatIsShortInTheTokenAndEndlessInFullIsRefused(String number) {
        assertThat(reasonForClaims("{\"sub\":" + number + "}"))
                .isEqualTo("the token's user (claim sub) is longer than 255 bytes");
    }

    private static String userOf(String claims) {
        return hs256().verify(TokenText.of(claims)).user();
    }
}
