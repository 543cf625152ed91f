package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DigestTest {

    @Test
    void sameTextsHaveTheSameName() {
        assertThat(name("a", null, "é")).isEqualTo(name("a", null, "é")).isNotEmpty();
    }

    @Test
    void otherTextsHaveAnotherName() {
        assertThat(name("a", "b")).isNotEqualTo(name("a", "c")).isNotEqualTo(name("b", "a"));
    }

    @Test
    void textsDoNotRunIntoEachOther() {
        assertThat(name("ab", "c")).isNotEqualTo(name("a", "bc"));
        assertThat(name("a")).isNotEqualTo(name("a", ""));
    }

    @Test
    void noTextIsNotTheEmptyOne() {
        assertThat(name("a", null)).isNotEqualTo(name("a", ""));
        assertThat(name("a", null)).isNotEqualTo(name("a\0\0\0\0"));
    }

    private static String name(@Nullable String... texts) {
        var digest = new Digest();
        for (String text : texts) {
            digest = digest.add(text);
        }
        return digest.name();
    }
}
