package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The beginnings of topics, as keys: they are equal, hash and sort as the texts would that they are. */
class BeginningTest {

    @Test
    void beginningIsAKeyLikeTheTextThatItIs() {
        Beginning text = Beginning.of("/Aa/");
        Beginning part = beginning("/Aa/1", 4);
        assertThat(part).isEqualTo(text).hasSameHashCodeAs(text).isEqualByComparingTo(text);
        assertThat(part).hasSameHashCodeAs("/Aa/");
        assertThat(beginning("/Aa/1", 3)).isNotEqualTo(text);
        assertThat(Beginning.of("/BB/")).hasSameHashCodeAs(text).isNotEqualTo(text);
        assertThat(text).isNotEqualTo("/Aa/");
    }

    @Test
    void hashGoesOnFromThatOfAShorterOne() {
        int shorter = Beginning.hash(0, "/rooms/7", 0, 3);
        assertThat(Beginning.hash(shorter, "/rooms/7", 3, 7)).isEqualTo("/rooms/".hashCode());
    }

    /** A map sorts those that were made to have the same hash. */
    @Test
    void orderIsThatOfTheTexts() {
        List<String> texts = List.of("", "/", "/Aa", "/Aa/", "/Aa/1", "/BB/", "/a");
        for (String one : texts) {
            for (String other : texts) {
                assertThat(Integer.signum(beginning(one + "x", one.length()).compareTo(Beginning.of(other))))
                        .as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(one.compareTo(other)));
            }
        }
    }

    private static Beginning beginning(String text, int length) {
        return Beginning.of(text, length, Beginning.hash(0, text, 0, length));
    }
}
