package dev.tidings.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {

    private static final DurationType TIME = new DurationType("1ms", "999999999d");
    private static final SizeType SIZE = new SizeType("0", "999999999GiB");
    private static final CountType COUNT = new CountType(0, Integer.MAX_VALUE);
    private static final SelectorListType SELECTORS = new SelectorListType();

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "15s, PT15S", "5m, PT5M", "12h, PT12H", "1d, PT24H", "007s, PT7S"})
    void aTimeHasAUnit(String text, Duration time) {
        assertThat(TIME.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "15", "s", "1.5s", "-1s", "+1s", "15 s", "15S", "15sec", "PT15S", "1s1s", "1000000000s", "１s"
            })
    void anythingElseIsNotATime(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TIME.parse(text)).withMessage("is not a time");
    }

    @Test
    void theBoundsOfATimeAreAllowed() {
        DurationType bounded = new DurationType("100ms", "1h");
        assertThat(bounded.parse("100ms")).isEqualTo(Duration.ofMillis(100));
        assertThat(bounded.parse("60m")).isEqualTo(Duration.ofHours(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded.parse("99ms"))
                .withMessage("is too short");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded.parse("3601s"))
                .withMessage("is too long");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "64KiB, 65536",
        "1MiB, 1048576",
        "3GiB, 3221225472",
        "123456789012345, 123456789012345"
    })
    void aSizeIsInBytesUnlessItHasAUnit(String text, long bytes) {
        assertThat(SIZE.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "KiB",
                "1KB",
                "1kib",
                "1K",
                "1.5MiB",
                "-1",
                "1 KiB",
                "1TiB",
                "1000000000KiB",
                "1234567890123456"
            })
    void anythingElseIsNotASize(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SIZE.parse(text)).withMessage("is not a size");
    }

    @Test
    void theBoundsOfASizeAreAllowed() {
        SizeType bounded = new SizeType("1KiB", "1MiB");
        assertThat(bounded.parse("1024")).isEqualTo(1024);
        assertThat(bounded.parse("1024KiB")).isEqualTo(1 << 20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded.parse("1023"))
                .withMessage("is too small");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded.parse("1048577"))
                .withMessage("is too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.0", "1e3", "0x10", "1_000", "1,000", "1234567890123456789"})
    void aCountIsAWholeNumber(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> COUNT.parse(text)).withMessage("is not a whole number");
    }

    @Test
    void theBoundsOfACountAreAllowed() {
        CountType bounded = new CountType(1, 10);
        assertThat(bounded.parse("1")).isEqualTo(1);
        assertThat(bounded.parse("10")).isEqualTo(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded.parse("0"))
                .withMessage("is too small");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded.parse("11"))
                .withMessage("is too large");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded.parse("4294967297"))
                .withMessage("is too large");
    }

    @Test
    void aListIsDividedByCommas() {
        ListType list = new ListType("things");
        assertThat(list.parse("a , b,c")).containsExactly("a", "b", "c");
        assertThat(list.parse("")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> list.parse("a, ,b"))
                .withMessage("has a blank entry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "TRUE", "yes", "on", "1", "0", "no", "t"})
    void aSwitchIsExactlyTrueOrFalse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BooleanType().parse(text))
                .withMessage("is neither true nor false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a | /a",
                "/a,/b | /a;/b",
                "/a , /b | /a;/b",
                "/rooms/{a,b},/c | /rooms/{a,b};/c",
                "{a,b}{c,d} | {a,b}{c,d}",
                "/a},/b | /a};/b",
                "/a{b,/c | /a{b,/c",
                "*,/users/{sub} | *;/users/{sub}"
            })
    void selectorsAreDividedByTheCommasOutsideTheirBraces(String text, String selectors) {
        assertThat(SELECTORS.parse(text)).isEqualTo(Arrays.asList(selectors.split(";", -1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "/a,", ",/a", "/a,,/b", "/a, ,/b"})
    void aBlankEntryIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SELECTORS.parse(text))
                .withMessage("has a blank entry");
    }

    static Stream<Arguments> sentences() {
        return Stream.of(
                arguments(new BooleanType(), "true or false"),
                arguments(new ChoiceType("always", "never"), "always, never"),
                arguments(new CountType(1, 10), "a whole number from 1 to 10"),
                arguments(
                        new DurationType("1s", "1h"),
                        "a time from 1s to 1h, a whole number followed by ms, s, m, h or d"),
                arguments(
                        new SizeType("1KiB", "1MiB"),
                        "a size from 1KiB to 1MiB, a whole number followed by KiB, MiB, GiB or, for bytes, nothing"),
                arguments(new ListType("origins"), "origins separated by commas, or an empty value"),
                arguments(new SelectorListType(), "topic selectors separated by commas, or an empty value"),
                arguments(new NameType(64), "a name of at most 64 characters, without control characters"),
                arguments(
                        new LogType(),
                        "memory:, or file: and the absolute path of a file, as in file:/var/lib/tidings/log,"
                                + " or the address of Redis, as in redis://:password@host:6379/0"),
                arguments(new HubNameType(), "1 to 64 letters from a to z, digits, and the characters - _ ."),
                arguments(
                        new ConfirmationType(),
                        "none, replica or disk, and after replica or disk a time from 1ms to 1m, as in replica 500ms"),
                arguments(
                        new KeyType("a key, or file: and the path of a file with it"),
                        "a key, or file: and the path of a file with it"),
                arguments(new TextType("the name of a claim"), "the name of a claim"));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void whatIsAllowedIsSaidInASentence(ValueType<?> type, String sentence) {
        assertThat(type.allowed()).isEqualTo(sentence);
    }

    @Test
    void aRefusalEndsWithWhatIsAllowed() {
        var setting = new Setting<>("tidings.x", "5", new CountType(1, 10), text -> "[" + text + "]");
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> setting.parse("0", "system property"))
                .withMessage("tidings.x=[0] (system property) is too small; allowed is a whole number from 1 to 10");
    }

    @Test
    void anEmptyTextIsTheEmptyList() {
        assertThat(SELECTORS.parse("")).isEmpty();
    }
}
