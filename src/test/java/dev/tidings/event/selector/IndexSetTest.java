package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Indexes in words of sixty-four, of which only those are looked at that have any. */
class IndexSetTest {

    private static final int WORDS = 4;
    private static final int INDEXES = WORDS * 64;

    @Test
    void setHasWhatWasAdded() {
        IndexSet set = set(5, 63, 64, 200);
        assertThat(indexes(set)).containsExactly(5, 63, 64, 200);
        assertThat(set.isEmpty()).isFalse();
    }

    @Test
    void clearedSetHasNothing() {
        IndexSet set = set(200, 5);
        set.clear();
        assertThat(indexes(set)).isEmpty();
        assertThat(set.isEmpty()).isTrue();
    }

    @Test
    void leastPlaceIsFoundInWhateverWordItIs() {
        assertThat(set(200, 70).least()).isEqualTo(70);
        assertThat(set(0).least()).isZero();
        assertThat(set().least()).isEqualTo(-1);
    }

    @Test
    void noPlaceIsGreaterThanTheLast() {
        assertThat(set(5, 70).last()).isEqualTo(127);
    }

    @Test
    void addedSetIsWhollyClearedAgain() {
        IndexSet set = set(70);
        set.addAll(set(5, 130, 200));
        assertThat(indexes(set)).containsExactly(5, 70, 130, 200);
        set.clear();
        assertThat(indexes(set)).isEmpty();
    }

    @Test
    void passedCharacterMovesTheIndexesAtWhichItStands() {
        IndexSet set = set(5, 63, 70, 200);
        set.pass(bits(5, 63, 200));
        assertThat(indexes(set)).containsExactly(6, 64, 201);
        set.pass(bits(64));
        assertThat(indexes(set)).containsExactly(65);
        assertThat(set.least()).isEqualTo(65);
        assertThat(set.last()).as("only the words that have any are looked at").isEqualTo(127);
    }

    @Test
    void nothingIsLeftWhereThePassedCharacterDoesNotStand() {
        for (int index : new int[] {0, 63, 70, 255}) {
            IndexSet set = set(index);
            set.pass(bits());
            assertThat(set.isEmpty()).as("index %d", index).isTrue();
            assertThat(indexes(set)).isEmpty();
        }
        IndexSet set = set(0, 130);
        set.pass(bits());
        assertThat(set.isEmpty()).isTrue();
    }

    @Test
    void restIsWhatComesAfterTheLeast() {
        IndexSet ends = set();
        ends.addRest(set(70, 90), all());
        assertThat(indexes(ends)).containsExactlyElementsOf(range(71, INDEXES));
        assertThat(ends.least()).isEqualTo(71);
        ends.clear();
        assertThat(indexes(ends)).isEmpty();
    }

    @Test
    void restOfTheLastPlaceOfAWordIsInTheNext() {
        IndexSet ends = set();
        ends.addRest(set(127), all());
        assertThat(ends.least()).isEqualTo(128);
    }

    @Test
    void restOfNothingIsNothing() {
        IndexSet ends = set();
        ends.addRest(set(), all());
        assertThat(ends.isEmpty()).isTrue();
    }

    @Test
    void runIsFollowedThroughWords() {
        IndexSet ends = set();
        ends.addRuns(set(60), all(), all());
        assertThat(indexes(ends)).containsExactlyElementsOf(range(61, INDEXES));
    }

    private static IndexSet set(int... indexes) {
        var set = new IndexSet(WORDS);
        for (int index : indexes) {
            set.add(index);
        }
        return set;
    }

    private static long[] bits(int... indexes) {
        var bits = new long[WORDS];
        for (int index : indexes) {
            bits[index >> 6] |= 1L << index;
        }
        return bits;
    }

    private static long[] all() {
        var all = new long[WORDS];
        Arrays.fill(all, -1);
        return all;
    }

    private static Iterable<Integer> indexes(IndexSet set) {
        return IntStream.range(0, INDEXES).filter(set::has).boxed().toList();
    }

    private static Iterable<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
