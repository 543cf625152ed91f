package dev.tidings.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters as the bytes of their UTF-8, those at the ends of each length above all. */
class PercentEncodingTest {

    private static final int[] ENDS = {
        0, 0x7F, 0x80, 0xFF, 0x100, 0x7FF, 0x800, 0xFFF, 0x1000, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x103FF,
        0x3FFFF, 0x40000, 0xFFFFF, 0x100000, 0x10FFFF
    };

    static IntStream ends() {
        return IntStream.of(ENDS);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void characterBecomesTheBytesOfItsUtf8(int character) {
        assertThat(encoded(character))
                .isEqualTo(triplets(Character.toString(character).getBytes(UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void tripletsOfACharacterAreReadAsOne(int character) {
        String text = encoded(character);
        assertThat(PercentEncoding.characterAt(text, 0)).isEqualTo(text.length());
        assertThat(PercentEncoding.characterAt("/" + text + "/", 1)).isEqualTo(text.length());
        assertThat(PercentEncoding.characterAt(text.toLowerCase(Locale.ROOT), 0))
                .isEqualTo(text.length());
    }

    @ParameterizedTest
    @MethodSource("ends")
    void characterThatIsCutOffIsNone(int character) {
        String text = encoded(character);
        for (int length = 1; length < text.length(); length++) {
            assertThat(PercentEncoding.characterAt(text.substring(0, length), 0))
                    .as(text.substring(0, length))
                    .isZero();
        }
    }

    /** One byte too low or too high at each place after the first, as the standard's table has it. */
    static Stream<String> wrong() {
        var wrong = new ArrayList<String>();
        for (String first : List.of("%C2", "%DF", "%E1%80", "%EC%BF", "%EE%80", "%EF%BF", "%F1%80%80", "%F3%BF%BF")) {
            wrong.add(first + "%7F");
            wrong.add(first + "%C0");
        }
        wrong.addAll(List.of(
                "%80",
                "%BF",
                "%C0%80",
                "%C1%BF",
                "%E0%9F%BF",
                "%E0%C0%80",
                "%E1%7F%80",
                "%E1%C0%80",
                "%ED%A0%80",
                "%ED%BF%BF",
                "%F0%8F%BF%BF",
                "%F0%C0%80%80",
                "%F1%80%7F%80",
                "%F1%80%C0%80",
                "%F4%90%80%80",
                "%F5%80%80%80",
                "%FF%80%80%80"));
        return wrong.stream();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void bytesThatAreNoUtf8AreNoCharacter(String text) {
        assertThat(PercentEncoding.characterAt(text, 0)).isZero();
    }

    @Test
    void octetIsReadInEitherCaseAndFromAsciiDigitsOnly() {
        assertThat(PercentEncoding.octetAt("%aF", 0)).isEqualTo(0xAF);
        assertThat(PercentEncoding.octetAt("x%00", 1)).isZero();
        assertThat(PercentEncoding.octetAt("%FF", 0)).isEqualTo(0xFF);
        for (String none : List.of("", "%", "%A", "aAF", "%GA", "%AG", "%١١", "%1\uFF11")) {
            assertThat(PercentEncoding.octetAt(none, 0)).as(none).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource("ends")
    void lengthOfUtf8IsKnownWithoutEncoding(int character) {
        String text = "a" + Character.toString(character) + "é";
        assertThat(TextRules.utf8Length(text)).isEqualTo(text.getBytes(UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD800",
                "\uDBFF",
                "\uDC00",
                "\uDFFF",
                "a\uD800b",
                "a\uDBFF",
                "\uDC00\uD800",
                "\uDFFF\uDBFF",
                "\uD800\uD800\uDC00",
                "\uD800\uDC00\uDFFF"
            })
    void surrogateAloneIsRefused(String text) {
        assertThat(refusal(text)).startsWith("f: It holds half of a surrogate pair at place ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD800\uDC00",
                "\uD800\uDFFF",
                "\uDBFF\uDC00",
                "\uDBFF\uDFFF",
                "\uD7FF",
                "\uE000",
                "\uD7FF\uE000"
            })
    void pairsAndTheCharactersBesideSurrogatesAreWellFormed(String text) {
        assertThat(refusal(text)).isNull();
    }

    @Test
    void placeOfTheHalfIsSaid() {
        assertThat(refusal("a\uD800\uDC00\uDFFFb")).contains("at place 3;");
    }

    private static String refusal(String text) {
        try {
            TextRules.requireWellFormed("f", text);
            return null;
        } catch (InvalidRequestException refused) {
            return refused.getMessage();
        }
    }

    private static String encoded(int character) {
        var text = new StringBuilder();
        PercentEncoding.append(text, character);
        return text.toString();
    }

    private static String triplets(byte[] bytes) {
        var text = new StringBuilder();
        for (byte octet : bytes) {
            text.append(String.format("%%%02X", octet));
        }
        return text.toString();
    }
}
