package dev.tidings.auth;

import static dev.tidings.auth.Verifiers.hs256;
import static dev.tidings.auth.Verifiers.reasonForClaims;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MercureClaimTest {

    @Test
    void aListThatIsAbsentIsEmpty() {
        Grant grant = grant("{\"mercure\":{\"subscribe\":[\"/a\"]}}");
        assertThat(grant.publish().isEmpty()).isTrue();
        assertThat(grant.subscribe().matches("/a")).isTrue();
    }

    @Test
    void aListThatIsNullIsEmpty() {
        assertThat(grant("{\"mercure\":{\"publish\":null,\"subscribe\":null}}")
                        .publish()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theNamespacedClaimWins() {
        Grant grant = grant("{\"mercure\":{\"publish\":[\"*\"]},\"https://mercure.rocks/\":{\"publish\":[\"/a\"]}}");
        assertThat(grant.publish().matches("/a")).isTrue();
        assertThat(grant.publish().matches("/b")).isFalse();
    }

    @Test
    void theClaimThatLosesIsNotLookedAt() {
        assertThat(grant("{\"mercure\":7,\"https://mercure.rocks/\":{\"publish\":[\"/a\"]}}")
                        .publish()
                        .matches("/a"))
                .isTrue();
    }

    @Test
    void aClaimThatIsNullIsAbsent() {
        Grant grant = grant("{\"sub\":\"alice\",\"https://mercure.rocks/\":null,\"mercure\":null}");
        assertThat(grant.publish().matches("/users/alice")).isTrue();
    }

    @Test
    void membersNobodyKnowsAreIgnored() {
        assertThat(grant("{\"mercure\":{\"publish\":[\"/a\"],\"since\":7}}")
                        .publish()
                        .matches("/a"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"a\" : [ 1 , 2 ] } | {\"a\":[1,2]}",
                "\"text\" | \"text\"",
                "1.0 | 1.0",
                "12345678901234567890 | 12345678901234567890",
                "false | false",
                "[] | []",
                "1e999999999 | 1E+999999999"
            })
    void thePayloadIsKeptAsCompactJson(String payload, String kept) {
        assertThat(grant("{\"mercure\":{\"payload\":" + payload + "}}").payload())
                .isEqualTo(kept);
    }

    @Test
    void aPayloadThatIsNullIsAbsent() {
        assertThat(grant("{\"mercure\":{\"payload\":null}}").payload()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"GIVEAWAY\" | the token's claim mercure is not a JSON object",
                "[\"GIVEAWAY\"] | the token's claim mercure is not a JSON object",
                "true | the token's claim mercure is not a JSON object",
                "{\"publish\":\"GIVEAWAY\"} | the token's mercure.publish is not a list",
                "{\"subscribe\":{\"GIVEAWAY\":1}} | the token's mercure.subscribe is not a list",
                "{\"publish\":[\"/a\",7]} | entry 2 of the token's mercure.publish is not a string",
                "{\"subscribe\":[null]} | entry 1 of the token's mercure.subscribe is not a string",
                "{\"subscribe\":[[\"GIVEAWAY\"]]} | entry 1 of the token's mercure.subscribe is not a string"
            })
    void aClaimOfAnotherShapeIsRefusedByItsPlace(String claim, String reason) {
        assertThat(reasonForClaims("{\"mercure\":" + claim + "}")).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GIVEAWAY\\n", "\\u0000"})
    void anEntryThatIsNoSelectorIsRefusedByItsPlace(String selector) {
        assertThat(reasonForClaims("{\"mercure\":{\"publish\":[\"/a\",\"" + selector + "\"]}}"))
                .startsWith("entry 2 of the token's mercure.publish is not a topic selector");
    }

    @Test
    void aSelectorMayHave2KiBAndNotMore() {
        String longest = "/" + "a".repeat(2047);
        assertThat(grant(subscribing(longest)).subscribe().matches(longest)).isTrue();
        assertThat(reasonForClaims(subscribing(longest + "a")))
                .startsWith("entry 1 of the token's mercure.subscribe is not a topic selector");
    }

    @Test
    void aSelectorMayHave16VariablesAndNotMore() {
        assertThat(grant(subscribing("/{v}".repeat(16)))).isNotNull();
        assertThat(reasonForClaims(subscribing("/{v}".repeat(17))))
                .startsWith("entry 1 of the token's mercure.subscribe is not a topic selector");
    }

    @Test
    void aTokenMayHold1000SelectorsInAll() {
        assertThat(grant(claimOf(500, 500)).subscribe().matches("/a")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1001, 0", "0, 1001", "1000, 1", "501, 500"})
    void aTokenMayNotHold1001Selectors(int publish, int subscribe) {
        assertThat(reasonForClaims(claimOf(publish, subscribe)))
                .isEqualTo(
                        "the token holds 1001 topic selectors in publish and subscribe together; at most 1000 are allowed");
    }

    private static Grant grant(String claims) {
        return hs256().verify(TokenText.of(claims));
    }

    private static String subscribing(String selector) {
        return "{\"mercure\":{\"subscribe\":[\"" + selector + "\"]}}";
    }

    private static String claimOf(int publish, int subscribe) {
        return "{\"mercure\":{\"publish\":" + selectors(publish) + ",\"subscribe\":" + selectors(subscribe) + "}}";
    }

    private static List<String> selectors(int count) {
        return Collections.nCopies(count, "\"/a\"");
    }
}
