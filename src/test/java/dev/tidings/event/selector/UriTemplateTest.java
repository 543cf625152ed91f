package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {

    @Test
    void everyPlaceOfAVariableCounts() {
        assertThat(TemplateParser.parse("{a}/{a,b}{?c*}").variables()).isEqualTo(4);
    }

    @Test
    void variableUsedTwiceIsFreeAtEachPlace() {
        assertMatches("/{a}/{a}", "/x/y");
    }

    @Test
    void simpleVariableEndsAtASlash() {
        assertRefuses("/rooms/{room}", "/rooms/1/members");
    }

    @Test
    void reservedVariableCrossesSlashes() {
        assertMatches("/rooms/{+rest}", "/rooms/1/members?all");
    }

    @Test
    void undefinedPathSegmentLeavesNoSlash() {
        assertMatches("/clients{/id}", "/clients");
    }

    @Test
    void encodedCharacterIsPartOfAValue() {
        assertMatches("/users/{user}", "/users/a%2Fb%20%E4%B8%AD%F0%9F%98%80");
    }

    @Test
    void lowerCaseDigitsAreNoExpansion() {
        assertRefuses("/{a}", "/%2f");
    }

    @Test
    void lowerCaseDigitsPassAReservedVariable() {
        assertMatches("/{+a}", "/%2f");
    }

    @Test
    void needlesslyEncodedCharacterIsNoExpansion() {
        assertRefuses("/{a}", "/%61");
    }

    @Test
    void needlesslyEncodedCharacterPassesAReservedVariable() {
        assertMatches("/{+a}", "/%61");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%2",
                "%C3",
                "%C3%",
                "%C3%A",
                "%C3a",
                "%C0%80",
                "%C1%BF",
                "%80",
                "%E0%9F%BF",
                "%ED%A0%80",
                "%F0%8F%BF%BF",
                "%F4%90%80%80",
                "%F5%80%80%80",
                "%FF",
                "%E4%B8",
                "%F0%9F%98"
            })
    void bytesThatAreNoCharacterAreNoExpansion(String topic) {
        assertRefuses("{a}", topic);
    }

    @Test
    void rawCharacterOutsideAsciiIsNoExpansion() {
        assertRefuses("/{a}", "/é");
        assertRefuses("/{a}/{b}", "/é/x");
    }

    @Test
    void literalOutsideAsciiIsEncoded() {
        assertMatches("/café/{a}", "/caf%C3%A9/1");
    }

    @Test
    void prefixCountsAnEncodedCharacterOnce() {
        assertMatches("{a:2}", "%F0%9F%98%80%E4%B8%AD");
    }

    @Test
    void prefixRefusesOneCharacterMore() {
        assertRefuses("{a:2}", "%F0%9F%98%80%E4%B8%ADa");
    }

    @Test
    void prefixOfAReservedVariableCountsTripletsOfOneCharacterOnce() {
        assertMatches("{+a:1}", "%f0%9f%98%80");
    }

    @Test
    void prefixOfAReservedVariableMayEndWithALoneTriplet() {
        assertMatches("{+a:1}%9F%98%80", "%F0%9F%98%80");
    }

    @Test
    void prefixCountsFromTheNearestBeginning() {
        assertMatches("{+a}{b:2}", "/aa");
    }

    @Test
    void emptyParameterHasNoEqualsSign() {
        assertRefuses("{;a}", ";a=");
    }

    @Test
    void emptyQueryParameterHasAnEqualsSign() {
        assertRefuses("{?a}", "?a");
    }

    @Test
    void undefinedVariablesLeaveNoSeparator() {
        assertMatches("{?a,b,c}", "?b=1");
    }

    @Test
    void variablesKeepTheirOrder() {
        assertRefuses("{?a,b}", "?b=1&a=2");
    }

    @Test
    void namesAreWrittenAsInTheTemplate() {
        assertMatches("{?%41b.c}", "?%41b.c=1");
    }

    @Test
    void literalIsFoundWhereItOverlapsItself() {
        assertMatches("{a}abab{b}c", "aababababc");
    }

    @Test
    @Timeout(30)
    void manyVariablesOnALongTopicComplete() {
        assertRefuses("{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}{l}{m}{n}{o}{p}!", "a".repeat(2048));
    }

    @Test
    @Timeout(30)
    void limitsOnALongTopicComplete() {
        assertRefuses("{+a:99}{+b:99}{+c:99}{+d:99}{+e:99}{+f:99}", "%41".repeat(682));
    }

    @Test
    @Timeout(30)
    void longLiteralBetweenVariablesCompletesOnAVeryLongTopic() {
        assertRefuses("{a}" + "a".repeat(2000) + "b{c}", "a".repeat(4_000_000));
    }

    @Test
    @Timeout(30)
    void pathologicalMatchIsFound() {
        assertMatches("{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}{l}{m}{n}{+o}{p}!", "a".repeat(2047) + "!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%2f", "/%2a", "/%C3%a9"})
    void anyLowerCaseDigitIsNoExpansion(String topic) {
        assertRefuses("/{a}", topic);
    }

    @Test
    void zeroByteIsACharacterOfAValue() {
        assertMatches("{a}/{+b}", "%00/%00");
        assertMatches("{+a}", "%00");
    }

    @Test
    void valueDoesNotEndWithinATriplet() {
        assertRefuses("{a}9{b}", "%C3%A9");
        assertRefuses("{a}9", "%C3%A9");
        assertRefuses("/{+a}9", "/%C3%A9");
    }

    /** One that leads anywhere makes those beside it needless; these only look like it. */
    @Test
    void neighbourOfAFragmentOrOfALimitedValueCounts() {
        assertMatches("{a}{#b}", "x#y");
        assertMatches("{#b}{a}", "#yx");
        assertMatches("{a}{+b:2}", "xxx//");
        assertRefuses("{a}{+b:2}", "xxx///");
    }

    @Test
    void limitedValueMayBeShorter() {
        assertMatches("{a:5}", "ab");
        assertMatches("{a:5}/{b:5}", "/");
        assertRefuses("{a:5}", "abcdef");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 52, 55, 58, 60, 61, 62, 70, 200})
    void limitedValueEndsWhereItsLastCharacterDoes(int between) {
        String begun = "x!" + "y".repeat(between) + "!";
        assertMatches("{+a}!{b:9}", begun + "z".repeat(9));
        assertRefuses("{+a}!{b:9}", begun + "z".repeat(10));
        assertMatches("{+a}!{+b:9}", begun + "%C3%A9".repeat(9));
        assertRefuses("{+a}!{+b:9}", begun + "%C3%A9".repeat(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 60, 61, 62, 70, 200})
    void limitedValueMayBeginWhereverALiteralHasEnded(int between) {
        assertMatches("{+a}!{b:1}", "x!" + "y".repeat(between) + "!z");
        assertRefuses("{+a}!{b:1}", "x!" + "y".repeat(between) + "!zz");
    }

    @Test
    void limitedParameterThatIsEmptyHasNoEqualsSign() {
        assertRefuses("{;a:2}/x", ";a=/x");
    }

    private static void assertMatches(String template, String topic) {
        assertThat(TemplateParser.parse(template).matches(topic)).isTrue();
    }

    private static void assertRefuses(String template, String topic) {
        assertThat(TemplateParser.parse(template).matches(topic)).isFalse();
    }
}
