package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The beginnings of topics, as keys: they are equal, hash and sort as the texts would that they are. */
class PrefixTest {

    @Test
    void beginningIsAKeyLikeTheTextThatItIs() {
        Prefix text = Prefix.of("/Aa/");
        Prefix part = beginning("/Aa/1", 4);
        assertThat(part).isEqualTo(text).hasSameHashCodeAs(text).isEqualByComparingTo(text);
        assertThat(part).hasSameHashCodeAs("/Aa/");
        assertThat(beginning("/Aa/1", 3)).isNotEqualTo(text);
        assertThat(Prefix.of("/BB/")).hasSameHashCodeAs(text).isNotEqualTo(text);
        assertThat(text).isNotEqualTo("/Aa/");
    }

    @Test
    void hashGoesOnFromThatOfAShorterOne() {
        int shorter = Prefix.hash(0, "/rooms/7", 0, 3);
        assertThat(Prefix.hash(shorter, "/rooms/7", 3, 7)).isEqualTo("/rooms/".hashCode());
    }

    /** A map sorts those that were made to have the same hash. */
    @Test
    void orderIsThatOfTheTexts() {
        List<String> texts = List.of("", "/", "/Aa", "/Aa/", "/Aa/1", "/BB/", "/a");
        for (String one : texts) {
            for (String other : texts) {
                assertThat(Integer.signum(beginning(one + "x", one.length()).compareTo(Prefix.of(other))))
                        .as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(one.compareTo(other)));
            }
        }
    }

    private static Prefix beginning(String text, int length) {
        return Prefix.of(text, length, Prefix.hash(0, text, 0, length));
    }
}
