package dev.tidings.log.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import org.junit.jupiter.api.Test;

class LivesTest {

    private static final Epoch FIRST = Epoch.of(1_000, 7);
    private static final Epoch SECOND = Epoch.of(2_000, 1 << 25);
    private static final Epoch PRESENT = Epoch.of(3_000, 9);

    private final Lives lives = Lives.parse("1000-7:0:10;2000-33554432:10:12;", new Life(PRESENT, 12, 20));

    @Test
    void positionIsGoodUpToWhereItsLifeWasFound() {
        assertThat(lives.holds(new Position(FIRST, 10))).isTrue();
        assertThat(lives.holds(new Position(FIRST, 11))).isFalse();
        assertThat(lives.holds(new Position(SECOND, 11))).isTrue();
        assertThat(lives.holds(new Position(SECOND, 9))).isFalse();
        assertThat(lives.holds(new Position(PRESENT, 20))).isTrue();
        assertThat(lives.holds(new Position(PRESENT, 21))).isFalse();
    }

    /** Both stand before the same event. */
    @Test
    void endOfALifeAndBeginningOfTheNextAreBothGood() {
        assertThat(lives.holds(new Position(SECOND, 10))).isTrue();
        assertThat(lives.of(10).epoch()).isEqualTo(FIRST);
    }

    @Test
    void eventIsOfTheLifeInWhichItWasAccepted() {
        assertThat(lives.of(1).epoch()).isEqualTo(FIRST);
        assertThat(lives.of(11).epoch()).isEqualTo(SECOND);
        assertThat(lives.of(12).epoch()).isEqualTo(SECOND);
        assertThat(lives.of(13).epoch()).isEqualTo(PRESENT);
        assertThat(lives.of(99).epoch()).isEqualTo(PRESENT);
    }

    @Test
    void lifeIsFoundByTheBirthInAnEntrysId() {
        assertThat(lives.bornAt(2_000).epoch()).isEqualTo(SECOND);
        assertThat(lives.bornAt(2_001)).isNull();
    }

    @Test
    void idOfAnEntryIsTheBirthAndTheSequenceNumber() {
        assertThat(lives.present().entryId(13)).isEqualTo("3000-13");
    }

    @Test
    void textOfAnEpochIsReadAsItWasWritten() {
        assertThat(Life.epoch(Life.text(SECOND))).isEqualTo(SECOND);
    }
}
