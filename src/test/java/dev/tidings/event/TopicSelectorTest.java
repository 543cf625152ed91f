package dev.tidings.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSelectorTest {

    @Test
    void asteriskSelectsEverything() {
        TopicSelector everything = TopicSelector.of("*");
        assertThat(everything.isEverything()).isTrue();
        assertThat(everything.isExact()).isFalse();
        assertThat(everything.matches("/what/ever")).isTrue();
    }

    @Test
    void exactSelectorSelectsItself() {
        TopicSelector exact = TopicSelector.of("/a");
        assertThat(exact.isExact()).isTrue();
        assertThat(exact.matches("/a")).isTrue();
        assertThat(exact.matches("/a/")).isFalse();
    }

    @Test
    void templateSelectsItsExpansions() {
        TopicSelector template = TopicSelector.of("/a/{b}");
        assertThat(template.isTemplate()).isTrue();
        assertThat(template.isExact()).isFalse();
        assertThat(template.matches("/a/1")).isTrue();
        assertThat(template.matches("/a/1/2")).isFalse();
    }

    @Test
    void templateSelectsItsOwnText() {
        assertThat(TopicSelector.of("/a/{b}").matches("/a/{b}")).isTrue();
    }

    @Test
    void asteriskWithinATextIsAnAsterisk() {
        assertThat(TopicSelector.of("/a/*").matches("/a/b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/{b", "{=b}", "a b {c}", "{}"})
    void invalidTemplateIsAPlainString(String text) {
        TopicSelector selector = TopicSelector.of(text);
        assertThat(selector.isExact()).isTrue();
        assertThat(selector.matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a\u0085", "\uD800"})
    void whatIsNoTopicIsNoSelector(String text) {
        assertThatThrownBy(() -> TopicSelector.of(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("topic: ");
    }

    @Test
    void moreThanTwoKibibytesAreRefused() {
        assertThatThrownBy(() -> TopicSelector.of("a".repeat(2049))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void sixteenVariablesArePossible() {
        assertThat(TopicSelector.of("{a}".repeat(16)).isTemplate()).isTrue();
    }

    @Test
    void seventeenVariablesAreRefused() {
        assertThatThrownBy(() -> TopicSelector.of("{a}".repeat(15) + "{b,c}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("17");
    }

    @Test
    void selectorsOfOneTextAreEqual() {
        assertThat(TopicSelector.of("/{a}"))
                .isEqualTo(TopicSelector.of("/{a}"))
                .hasSameHashCodeAs(TopicSelector.of("/{a}"));
    }

    @Test
    void selectorsOfTwoTextsDiffer() {
        assertThat(TopicSelector.of("/{a}")).isNotEqualTo(TopicSelector.of("/{b}"));
    }

    @Test
    void selectorIsShownAsItsText() {
        assertThat(TopicSelector.of("/{a}")).hasToString("/{a}");
    }
}
