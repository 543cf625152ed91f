package dev.tidings.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {

    @Test
    void lineIsItsMessageAndItsFields() {
        LogLine line = LogLine.of("stream ended")
                .add("user", "alice")
                .addList("topics", "topicCount", List.of("/orders/{id}", "/all"))
                .add("seconds", BigDecimal.valueOf(12_300, 3))
                .add("delivered", 7L);
        assertThat(line)
                .hasToString("stream ended user=alice topics=[\"/orders/{id}\",\"/all\"] seconds=12.300 delivered=7");
    }

    @Test
    void whatIsNotThereIsLeftOut() {
        assertThat(LogLine.of("x").add("none", (String) null).add("empty", "")).hasToString("x");
    }

    @Test
    void ofALongListTheFirstAreShownAndAllCounted() {
        assertThat(LogLine.of("x").addList("topics", "topicCount", Collections.nCopies(100, "/a")))
                .hasToString("x topics=[\"/a\",\"/a\",\"/a\"] topicCount=100");
    }

    @Test
    void longTextsAreCut() {
        String text = LogLine.of("x")
                .add("text", "a".repeat(100_000))
                .addList("list", "count", Collections.nCopies(3, "b".repeat(2_048)))
                .toString();
        assertThat(text).contains("a".repeat(LogLine.LONGEST) + "…").hasSizeLessThan(1_200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "/users/alice => /users/alice",
                "two words => \"two words\"",
                "a=b => \"a=b\"",
                "say \"x\" => \"say \\\"x\\\"\"",
                "back\\slash => \"back\\\\slash\"",
                "zoë => \"zoë\"",
                "🚀 => \"🚀\"",
            })
    void textThatIsNoWordStandsInQuotes(String value, String written) {
        assertThat(LogLine.of("x").add("v", value)).hasToString("x v=" + written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r",
                "\t",
                "\0",
                "\u001b",
                "\u007f",
                "\u0085",
                "\u009b",
                "\u2028",
                "\u2029",
                "\u202e",
                "\u200b",
                "\ufeff",
                "\ud83d",
                "\udb40\udc41"
            })
    void nothingEndsOrHidesALine(String character) {
        String text = LogLine.of("x")
                .add("v", "a" + character + "FORGED")
                .addList("l", "n", List.of(character))
                .toString();
        assertThat(text).doesNotContain(character).contains("FORGED");
        assertThat(text.lines()).hasSize(1);
    }
}
