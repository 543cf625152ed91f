package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.tidings.event.selector.SelectorSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many streams ask for a topic, and by which selectors. */
class AskedTopicsTest {

    private final AskedTopics asked = new AskedTopics();

    @Test
    void streamCountsOnceHoweverManyOfItsSelectorsMatch() {
        add("/orders/{id}", "/orders/7", "*");
        add("/orders/7");
        add("/orders/{id}", "/users/bob");
        add("/users/alice");
        assertThat(asked.count(List.of("/orders/7", "/orders/8", "/users/bob", "/x")))
                .containsExactly(entry("/orders/7", 3), entry("/orders/8", 2), entry("/users/bob", 2), entry("/x", 1));
    }

    @Test
    void templateMatchesItsOwnText() {
        add("/orders/{id}");
        assertThat(asked.count(List.of("/orders/{id}"))).containsExactly(entry("/orders/{id}", 1));
    }

    @Test
    void selectorsAreThereWithThoseFirstThatMostAskBy() {
        add("/b", "/users/Alice");
        add("/b");
        add("/a", "/b");
        assertThat(asked.selectors("")).containsExactly(entry("/b", 3), entry("/a", 1), entry("/users/Alice", 1));
        assertThat(asked.selectors("ALICE")).containsExactly(entry("/users/Alice", 1));
        assertThat(asked.selectors("carol")).isEmpty();
    }

    @Test
    void longSelectorsAreFewer() {
        Map<String, Integer> counts =
                IntStream.range(0, 2_000).boxed().collect(Collectors.toMap(n -> "/" + n + "x".repeat(1_000), n -> n));
        Map<String, Integer> most = AskedTopics.most(counts);
        assertThat(most).hasSizeBetween(1_000, 1_100);
        assertThat(most.values().iterator().next()).isEqualTo(1_999);
    }

    private void add(String... selectors) {
        asked.add(SelectorSet.parse(List.of(selectors)));
    }
}
