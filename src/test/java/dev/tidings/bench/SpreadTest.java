package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void medianIsTheMiddleOneWhateverTheirOrder() {
        assertThat(Spread.of(5, 1, 3)).contains(new Spread(3, 1, 5));
    }

    @Test
    void ofAnEvenNumberItIsBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(4, 1, 2, 8)).contains(new Spread(3, 1, 8));
    }

    @Test
    void oneFigureIsAllThree() {
        assertThat(Spread.of(7)).contains(new Spread(7, 7, 7));
    }

    @Test
    void ofNothingThereIsNone() {
        assertThat(Spread.of()).isEmpty();
    }
}
