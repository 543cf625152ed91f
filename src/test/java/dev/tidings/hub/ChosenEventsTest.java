package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ChosenEventsTest {

    private static final int LENGTH = 2_000;

    @Property
    void tellsWhichAreChosenHoweverManyThereAre(
            @ForAll @LongRange(min = 1, max = 1L << 40) long base,
            @ForAll @IntRange(min = 0, max = LENGTH - 1) int one,
            @ForAll @IntRange(min = 1, max = 300) int step) {
        var bits = new BitSet();
        bits.set(one);
        IntStream.iterate(step / 2, next -> next < LENGTH, next -> next + step).forEach(bits::set);
        ChosenEvents chosen = ChosenEvents.of(base, (BitSet) bits.clone());
        assertThat(chosen.first()).isEqualTo(base + bits.nextSetBit(0));
        assertThat(chosen.last()).isEqualTo(base + bits.length() - 1);
        for (int offset = -1; offset <= LENGTH; offset++) {
            assertThat(chosen.has(base + offset)).isEqualTo(offset >= 0 && bits.get(offset));
            int next = bits.nextSetBit(offset + 1);
            assertThat(chosen.beforeNext(base + offset))
                    .isEqualTo(next >= 0 ? base + next - 1 : Math.max(base + offset, chosen.last()));
        }
    }

    @Test
    void fewTakeFourBytesEachAndManyABitForEachThatIsStored() {
        assertThat(chosen(100_000, 50).bytes()).isEqualTo(200);
        assertThat(chosen(100_000, 100_000).bytes()).isBetween(12_500L, 12_600L);
    }

    private static ChosenEvents chosen(int stored, int topics) {
        var bits = new BitSet();
        for (int i = 0; i < topics; i++) {
            bits.set((int) ((long) i * (stored - 1) / Math.max(1, topics - 1)));
        }
        return ChosenEvents.of(1, bits);
    }
}
