package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSelectorTest {

    @Test
    void asteriskSelectsEverything() {
        TopicSelector everything = TopicSelector.of("*");
        assertThat(everything).isInstanceOf(TopicSelector.Everything.class);
        assertThat(everything).isNotInstanceOf(TopicSelector.Exact.class);
        assertThat(everything.matches("/what/ever")).isTrue();
    }

    @Test
    void exactSelectorSelectsItself() {
        TopicSelector exact = TopicSelector.of("/a");
        assertThat(exact).isInstanceOf(TopicSelector.Exact.class);
        assertThat(exact.matches("/a")).isTrue();
        assertThat(exact.matches("/a/")).isFalse();
    }

    @Test
    void templateSelectsItsExpansions() {
        TopicSelector template = TopicSelector.of("/a/{b}");
        assertThat(template).isInstanceOf(TopicSelector.Template.class);
        assertThat(template).isNotInstanceOf(TopicSelector.Exact.class);
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
        assertThat(selector).isInstanceOf(TopicSelector.Exact.class);
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
        assertThat(TopicSelector.of("{a}".repeat(16))).isInstanceOf(TopicSelector.Template.class);
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
