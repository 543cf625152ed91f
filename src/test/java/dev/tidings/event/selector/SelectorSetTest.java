package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectorSetTest {

    @Test
    void emptySetMatchesNothing() {
        SelectorSet none = SelectorSet.of(List.of());
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.matches("/a")).isFalse();
    }

    @Test
    void topicMatchesAnExactSelector() {
        assertThat(SelectorSet.parse(List.of("/a", "/b")).matches("/b")).isTrue();
    }

    @Test
    void topicMatchesATemplate() {
        assertThat(SelectorSet.parse(List.of("/a", "/b/{c}")).matches("/b/1")).isTrue();
    }

    @Test
    void topicMatchesATemplateOfItsOwnText() {
        assertThat(SelectorSet.parse(List.of("/b/{c}")).matches("/b/{c}")).isTrue();
    }

    @Test
    void topicMatchesEverything() {
        assertThat(SelectorSet.parse(List.of("/a", "*")).matches("/b")).isTrue();
    }

    @Test
    void otherTopicDoesNotMatch() {
        assertThat(SelectorSet.parse(List.of("/a", "/b/{c}")).matches("/c")).isFalse();
    }

    @Test
    void oneTopicOfSeveralIsEnough() {
        SelectorSet set = SelectorSet.parse(List.of("/a"));
        assertThat(set.matchesAny(List.of("/b", "/a"))).isTrue();
        assertThat(set.matchesAny(List.of("/b", "/c"))).isFalse();
    }

    @Test
    void repeatedSelectorsCountOnceInTheOrderGiven() {
        assertThat(SelectorSet.parse(List.of("/b", "/a", "/b")).selectors())
                .containsExactly(TopicSelector.of("/b"), TopicSelector.of("/a"));
    }

    @Test
    void laterChangesOfTheListChangeNothing() {
        var list = new ArrayList<>(List.of(TopicSelector.of("/a")));
        SelectorSet set = SelectorSet.of(list);
        list.clear();
        assertThat(set.matches("/a")).isTrue();
    }

    @Test
    void selectorThatBeginsWithThePathNamesIt() {
        assertThat(SelectorSet.parse(List.of("/clients{/id}")).names("/clients/1", "/clients"))
                .isTrue();
    }

    @Test
    void selectorForEverythingNamesNothing() {
        assertThat(SelectorSet.parse(List.of("*", "{+any}", "/{a}/{b}")).names("/clients/1", "/clients"))
                .isFalse();
    }

    @Test
    void selectorThatBeginsWithThePathMustMatchToo() {
        assertThat(SelectorSet.parse(List.of("/clients", "*")).names("/clients/1", "/clients"))
                .isFalse();
    }

    @Test
    void invalidSelectorIsRefused() {
        assertThatThrownBy(() -> SelectorSet.parse(List.of("/a", ""))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void setOfSomeIsNotEmpty() {
        assertThat(SelectorSet.parse(List.of("/a")).isEmpty()).isFalse();
    }

    @Test
    void topicMatchesOneOfManyTemplates() {
        SelectorSet many = SelectorSet.parse(
                IntStream.range(0, 20).mapToObj(i -> "/" + i + "/{x}").toList());
        assertThat(many.matches("/19/a")).isTrue();
        assertThat(many.matches("/20/a")).isFalse();
    }

    @Test
    void setsOfTheSameSelectorsAreEqual() {
        SelectorSet set = SelectorSet.parse(List.of("/a", "/b"));
        assertThat(set)
                .isEqualTo(SelectorSet.parse(List.of("/a", "/b", "/a")))
                .hasSameHashCodeAs(SelectorSet.parse(List.of("/a", "/b")))
                .isNotEqualTo(SelectorSet.parse(List.of("/a")))
                .isNotEqualTo("/a")
                .hasToString("[/a, /b]");
    }
}
