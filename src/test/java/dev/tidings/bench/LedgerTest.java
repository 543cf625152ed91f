package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger(new Tally(), Envelope.NONE);

    @Test
    void allInTurnIsWell() {
        enter(0, 1, 2);
        assertFound(3, 0, 0, 0);
    }

    @Test
    void oneThatNeverCameIsMissing() {
        enter(0, 2);
        assertFound(3, 1, 0, 0);
    }

    @Test
    void theLastIsMissingToo() {
        enter(0, 1);
        assertFound(3, 1, 0, 0);
    }

    @Test
    void oneThatCameTwiceIsDoubled() {
        enter(0, 1, 1, 2, 0);
        assertFound(3, 0, 2, 0);
    }

    @Test
    void oneThatCameLateIsOutOfOrder() {
        enter(0, 2, 1, 3);
        assertFound(4, 0, 0, 1);
    }

    @Test
    void thoseThatArrivedAreThoseInTurn() {
        enter(0, 1, 3);
        assertThat(ledger.arrived()).isEqualTo(2);
    }

    private void enter(int... numbers) {
        for (int number : numbers) {
            ledger.enter(number);
        }
    }

    private void assertFound(int expected, int missing, int doubled, int disordered) {
        assertThat(ledger.missing(expected)).as("missing").isEqualTo(missing);
        assertThat(ledger.doubled()).as("doubled").isEqualTo(doubled);
        assertThat(ledger.disordered()).as("out of order").isEqualTo(disordered);
    }
}
