package dev.tidings.http.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.event.Event;
import dev.tidings.testing.CollidingNames;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishJsonTest {

    private static final String JSON = "application/json";

    private static PublishingHub hub;

    @BeforeAll
    static void start() {
        hub = new PublishingHub();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "\"hello\" => hello",
                "\"a\\nb \\u00e9 \\ud83d\\ude00\" => `a\nb é 😀`",
                "\"\" => ``",
                "{\"a\" : 1 , \"b\": [ true, null ] } => {\"a\":1,\"b\":[true,null]}",
                "[ ] => []",
                "{ } => {}",
                "[{\"a\":{\"b\":[[]]}}] => [{\"a\":{\"b\":[[]]}}]",
                "[\"a\\u0041\\\"\\n\", \"é\"] => [\"aA\\\"\\n\",\"é\"]",
                "42 => 42",
                "-0 => -0",
                "1.10 => 1.10",
                "1e3 => 1e3",
                "1E+03 => 1E+03",
                "[1.10, 1e3, 123456789012345678901234567890.0, 1e400] => "
                        + "[1.10,1e3,123456789012345678901234567890.0,1e400]",
                "true => true",
                "false => false",
            })
    void dataIsTextAsItIsOrTheCompactTextOfAnyOtherValue(String value, String data) {
        publish("{\"msg\":" + value + "}");

        assertThat(hub.newest().data()).isEqualTo(data);
    }

    @Test
    void aLongNumberKeepsAllItsDigits() {
        publish("{\"msg\":" + "7".repeat(1_000) + "}");
        assertThat(hub.newest().data()).isEqualTo("7".repeat(1_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-7", "0.7", "7e7"})
    void aNumberOfTooManyDigitsIsRefused(String number) {
        hub.assertRefused(
                hub.posting(JSON, "{\"msg\":[" + number.replace("7", "7".repeat(1_001)) + "]}", ""),
                400,
                "a number of more than 1000 digits");
    }

    /** Names whose hashes are equal fill one slot of a table of names. */
    @Test
    void membersWhoseNamesCollideAreRead() {
        String members = CollidingNames.members(500);
        hub.assertRefused(hub.posting(JSON, "{" + members + "}", ""), 400, "There is no such field");
        hub.assertRefused(hub.posting(JSON, "{\"msg\":{" + members + "}}", ""), 413, "bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "{\"to\":\"bob\"} => /users/bob",
                "{\"to\":[\"bob\",\"eve\"]} => /users/bob /users/eve",
                "{\"to\":42} => /users/42",
                "{\"to\":[42,\"bob\"]} => /users/42 /users/bob",
                "{\"to\":1.50} => /users/1.50",
                "{\"topic\":\"/news\"} => /news",
                "{\"topic\":[\"/news\",\"/news/1\"]} => /news /news/1",
                "{\"topic\":null,\"to\":null} => /users/alice",
                "{} => /users/alice",
            })
    void receiversAreOneOrMany(String json, String topics) {
        publish(json);

        assertThat(hub.newest().topics()).containsExactly(topics.split(" "));
    }

    @Test
    void everyFieldReachesTheEvent() {
        publish(
                "{\"data\":\"x\",\"topic\":\"/news\",\"type\":\"t\",\"id\":\"json-1\",\"retry\":5000,\"private\":true}");

        Event event = hub.newest();
        assertThat(event.data()).isEqualTo("x");
        assertThat(event.type()).isEqualTo("t");
        assertThat(event.id()).isEqualTo("json-1");
        assertThat(event.retry()).isEqualTo(5000);
        assertThat(event.isPrivate()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "\"on\", true",
        "\"1\", true",
        "1, true",
        "0, false",
        "\"\", true",
        "false, false",
        "\"off\", false",
        "null, false"
    })
    void privateIsABooleanOrAWord(String value, boolean isPrivate) {
        publish("{\"topic\":\"/news\",\"private\":" + value + "}");

        assertThat(hub.newest().isPrivate()).isEqualTo(isPrivate);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "\"250\", 250", "null,"})
    void retryIsANumberOrItsText(String value, Integer retry) {
        publish("{\"topic\":\"/news\",\"retry\":" + value + "}");

        assertThat(hub.newest().retry()).isEqualTo(retry);
    }

    @Test
    void nullIsAbsent() {
        publish("{\"msg\":null,\"data\":\"x\",\"topic\":\"/news\",\"type\":null,\"id\":null,\"retry\":null}");

        Event event = hub.newest();
        assertThat(event.data()).isEqualTo("x");
        assertThat(event.type()).isNull();
        publish("{\"msg\":null,\"topic\":\"/news\"}");
        assertThat(hub.newest().data()).isEmpty();
    }

    @Test
    void aByteOrderMarkIsIgnored() {
        publish("\uFEFF{\"msg\":\"x\"}");

        assertThat(hub.newest().data()).isEqualTo("x");
    }

    static Stream<Arguments> badFields() {
        return Stream.of(
                Arguments.of("{\"nonsense\":1}", "nonsense"),
                Arguments.of("{\"nonsense\":null}", "nonsense"),
                Arguments.of("{\"msg\":1,\"data\":2}", "msg"),
                Arguments.of("{\"to\":\"a\",\"topic\":\"/news\"}", "to"),
                Arguments.of("{\"to\":true}", "to"),
                Arguments.of("{\"to\":{}}", "to"),
                Arguments.of("{\"to\":[]}", "to"),
                Arguments.of("{\"to\":[null]}", "to"),
                Arguments.of("{\"to\":[[\"a\"]]}", "to"),
                Arguments.of("{\"topic\":1}", "topic"),
                Arguments.of("{\"topic\":[1]}", "topic"),
                Arguments.of("{\"topic\":[\"/news\",\"\"]}", "topic"),
                Arguments.of("{\"topic\":\"/news\\n\"}", "topic"),
                Arguments.of("{\"topic\":\"\\ud800\"}", "topic"),
                Arguments.of("{\"type\":1}", "type"),
                Arguments.of("{\"type\":[\"a\"]}", "type"),
                Arguments.of("{\"type\":\"gap\"}", "type"),
                Arguments.of("{\"id\":7}", "id"),
                Arguments.of("{\"id\":\"\\udc00\"}", "id"),
                Arguments.of("{\"retry\":true}", "retry"),
                Arguments.of("{\"retry\":-1}", "retry"),
                Arguments.of("{\"retry\":1.5}", "retry"),
                Arguments.of("{\"retry\":[1]}", "retry"),
                Arguments.of("{\"private\":2}", "private"),
                Arguments.of("{\"private\":\"maybe\"}", "private"),
                Arguments.of("{\"private\":{}}", "private"),
                Arguments.of("{\"msg\":\"\\ud800\"}", "msg"),
                Arguments.of("{\"msg\":\"\\ude00\\ud83d\"}", "msg"),
                Arguments.of("{\"msg\":[\"\\ud800\"]}", "msg"));
    }

    @ParameterizedTest
    @MethodSource("badFields")
    void aBadFieldIsNamedAndNothingIsPublished(String json, String field) {
        JsonNode problem = hub.assertRefused(hub.posting(JSON, json, ""), 400, field + ": ");

        assertThat(problem.path("field").asText()).isEqualTo(field);
    }

    static Stream<Arguments> brokenJson() {
        return Stream.of(
                Arguments.of("", "empty"),
                Arguments.of("   ", "empty"),
                Arguments.of("[]", "a list"),
                Arguments.of("\"x\"", "a string"),
                Arguments.of("1", "a number"),
                Arguments.of("null", "null"),
                Arguments.of("{\"msg\":1} x", "x"),
                Arguments.of("{\"msg\":1}{}", "More text follows"),
                Arguments.of("{\"msg\":1}]", "']'"),
                Arguments.of("{\"msg\":1", "end-of-input"),
                Arguments.of("{\"msg\":\"a", "end-of-input"),
                Arguments.of("{\"msg\":[1}", "'}'"),
                Arguments.of("{'msg':1}", "column 2"),
                Arguments.of("{\"msg\":01}", "column 9"),
                Arguments.of("{\n\"msg\":NaN}", "line 2, column"),
                Arguments.of("{\"msg\":1,}", "'}'"),
                Arguments.of("{\"msg\":1 /* x */}", "'/'"),
                Arguments.of("{\"msg\":\"a\nb\"}", "Illegal unquoted character"),
                Arguments.of("{\"msg\":\"\\x\"}", "'x'"),
                Arguments.of("{\"msg\":{\"\\ud800\":1}}", "surrogate"),
                Arguments.of("{\"msg\":1,\"msg\":2}", "Duplicate field 'msg'"),
                Arguments.of("{\"msg\":{\"a\":1,\"a\":2}}", "Duplicate field 'a'"),
                Arguments.of("{\"msg\":" + "[".repeat(500) + "]".repeat(500) + "}", "deeper than 500 levels"),
                Arguments.of("{\"to\":" + "[".repeat(100_000), "to: "),
                Arguments.of("{\"msg\":" + "[".repeat(100_000), "deeper than 500 levels"));
    }

    @ParameterizedTest
    @MethodSource("brokenJson")
    void whatIsNoJsonObjectIsRefusedAndTheFaultIsNamed(String json, String cause) {
        JsonNode problem = hub.assertRefused(hub.posting(JSON, json, ""), 400, cause);

        assertThat(problem.path("detail").asText()).doesNotContain("REDACTED").doesNotContain("Feature");
    }

    @Test
    void anObjectOfManyLevelsIsRead() {
        publish("{\"msg\":" + "[".repeat(499) + "]".repeat(499) + "}");

        assertThat(hub.newest().data()).hasSize(998);
    }

    @Test
    void aFieldInTheQueryIsRefused() {
        hub.assertRefused(hub.posting(JSON, "{\"msg\":1}", "?topic=/news"), 400, "topic: ", "query");
    }

    private static void publish(String json) {
        assertThat(hub.post(JSON, json).statusCode()).isEqualTo(201);
    }
}
