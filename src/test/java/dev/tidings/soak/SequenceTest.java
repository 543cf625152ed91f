package dev.tidings.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceTest {

    private final Sequence sequence = new Sequence();

    @Test
    void eachNumberFollowsTheOneBefore() {
        assertThat(sequence.take(7, 1)).isTrue();
        assertThat(sequence.take(8, 1)).isTrue();
        assertThat(sequence.number()).isEqualTo(8);
    }

    @Test
    void holeIsSeen() {
        sequence.take(7, 1);
        assertThat(sequence.take(9, 1)).isFalse();
    }

    @Test
    void repetitionIsSeen() {
        sequence.take(7, 1);
        assertThat(sequence.take(7, 1)).isFalse();
    }

    @Test
    void eventOutOfItsTurnIsSeen() {
        sequence.take(7, 1);
        sequence.take(8, 1);
        assertThat(sequence.take(7, 2)).isFalse();
    }

    @Test
    void eventThatWasPublishedAgainMayComeAgain() {
        sequence.take(7, 1);
        assertThat(sequence.isAgain(7, 2)).isTrue();
        assertThat(sequence.take(7, 2)).isTrue();
        assertThat(sequence.take(8, 1)).isTrue();
    }

    @Test
    void anythingMayComeAfterAGap() {
        sequence.take(7, 1);
        sequence.forget();
        assertThat(sequence.take(3, 1)).isTrue();
        assertThat(sequence.take(5, 1)).isFalse();
    }
}
