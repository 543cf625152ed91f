package dev.tidings.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class JoinedPagesTest {

    private final JoinedPages<String> pages = new JoinedPages<>(Function.identity(), 4);

    @Test
    void pagesThatAreTheLastAreJoinedInOrder() {
        pages.add(List.of("b", "d"), false);
        pages.add(List.of("a", "c"), false);
        assertThat(pages.page()).containsExactly("a", "b", "c", "d");
        assertThat(pages.more()).isFalse();
    }

    @Test
    void whatStandsBehindTheShortestPageComesLater() {
        pages.add(List.of("a", "c"), true);
        pages.add(List.of("b", "d"), true);
        pages.add(List.of("e"), false);
        assertThat(pages.page()).containsExactly("a", "b", "c");
        assertThat(pages.more()).isTrue();
    }

    @Test
    void thereAreNoMoreThanTheLimit() {
        pages.add(List.of("a", "b", "c"), false);
        pages.add(List.of("d", "e"), false);
        assertThat(pages.page()).containsExactly("a", "b", "c", "d");
        assertThat(pages.more()).isTrue();
    }

    @Test
    void withoutAnyThereIsNoMore() {
        pages.add(List.of(), false);
        assertThat(pages.page()).isEmpty();
        assertThat(pages.more()).isFalse();
    }
}
