package dev.tidings.hub;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally("streams");

    @Test
    void keyTakesAsManyAsItMay() {
        take("a");
        take("a");
        assertThat(tally.take("a", 2)).isNull();
        assertThat(tally.isFull("a", 2)).isTrue();
        assertThat(tally.isFull("b", 2)).isFalse();
    }

    @Test
    void whatIsReleasedMayBeTakenAgain() {
        Tally.Count one = take("a");
        take("a");
        one.release();
        assertThat(tally.take("a", 2)).isNotNull();
        assertThat(tally.take("a", 2)).isNull();
    }

    @Test
    void whatAnotherNodeHasCounts() {
        tally.told("other", Map.of("a", 1));
        take("a");
        assertThat(tally.take("a", 2)).isNull();
        tally.told("other", Map.of("a", 0));
        assertThat(tally.take("a", 2)).isNotNull();
    }

    @Test
    void newestThatANodeHasToldCounts() {
        tally.told("other", Map.of("a", 5));
        tally.told("other", Map.of("a", 1));
        assertThat(tally.isFull("a", 2)).isFalse();
        tally.told("third", Map.of("a", 1));
        assertThat(tally.isFull("a", 2)).isTrue();
    }

    @Test
    void nodeThatIsGoneHasNone() {
        tally.told("other", Map.of("a", 2, "b", 1));
        tally.told("third", Map.of("a", 1));
        tally.forget("other");
        assertThat(tally.isFull("b", 1)).isFalse();
        assertThat(tally.isFull("a", 1)).isTrue();
        assertThat(tally.isFull("a", 2)).isFalse();
        tally.forget("other");
        assertThat(tally.isFull("a", 1)).isTrue();
    }

    @Test
    void newsAreWhatHasChangedSinceTheLast() {
        Tally.Count one = take("a");
        take("a");
        take("b");
        assertThat(tally.news(10)).isEqualTo(Map.of("a", 2, "b", 1));
        assertThat(tally.news(10)).isEmpty();
        one.release();
        assertThat(tally.news(10)).isEqualTo(Map.of("a", 1));
    }

    @Test
    void keyThatHasNoneAnyMoreIsTold() {
        Tally.Count one = take("a");
        assertThat(tally.news(10)).isEqualTo(Map.of("a", 1));
        one.release();
        assertThat(tally.news(10)).isEqualTo(Map.of("a", 0));
        assertThat(tally.news(10)).isEmpty();
    }

    @Test
    void keyThatCameAndWentInBetweenIsNoNews() {
        take("a").release();
        assertThat(tally.news(10)).isEmpty();
    }

    @Test
    void newsComeInPiecesIfTheyAreMany() {
        take("a");
        take("b");
        take("c");
        assertThat(tally.news(2)).hasSize(2);
        assertThat(tally.news(2)).hasSize(1);
        assertThat(tally.news(2)).isEmpty();
    }

    @Test
    void everythingIsToldAgainToNodesThatAreNew() {
        take("a");
        Tally.Count gone = take("b");
        tally.news(10);
        gone.release();
        tally.tellAgain();
        assertThat(tally.news(10)).isEqualTo(Map.of("a", 1, "b", 0));
        assertThat(tally.news(10)).isEmpty();
    }

    @Test
    void nonsenseOfAnotherNodeCountsAsNone() {
        tally.told("other", Map.of("a", -7));
        take("a");
        assertThat(tally.take("a", 1)).isNull();
    }

    private Tally.Count take(String key) {
        return requireNonNull(tally.take(key, Integer.MAX_VALUE));
    }
}
