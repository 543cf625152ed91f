package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorSetPrefixTest {

    private static final String PREFIX = "/a/b";

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "/a/b", "/a/b/c", "/a/b/{id}", "/a{/x}", "/{x}", "{x}", "{+x}", "/a/{x}/c", "/a/b{", "/a/bc"
            })
    void mayMatchUnderAPrefix(String selector) {
        assertThat(mayMatch(selector)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/b", "/a/c/{id}", "/b{/x}", "/a{", "a/b"})
    void cannotMatchUnderAPrefix(String selector) {
        assertThat(mayMatch(selector)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/a/{x}, true", "/a/b, true", "/a{+x}, true", "*, false", "/{x}, false", "/a/c, false", "/c/b, false"})
    void topicUnderAPrefixIsNamedByWhatBeginsWithItsWord(String selector, boolean named) {
        assertThat(SelectorSet.parse(List.of("/other", selector)).mayNameUnder(PREFIX, "/a"))
                .isEqualTo(named);
    }

    private static boolean mayMatch(String selector) {
        return SelectorSet.parse(List.of("/other", selector)).mayMatchUnder(PREFIX);
    }
}
