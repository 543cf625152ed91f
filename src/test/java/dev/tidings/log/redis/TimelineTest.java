package dev.tidings.log.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Epoch FIRST = Epoch.of(1_000, 1);
    private static final Epoch SECOND = Epoch.of(2_000, 2);

    private final Timeline timeline = new Timeline(state(0, new Life(FIRST, 0, 10)));

    @Test
    void goesOnWithinALife() {
        assertThat(timeline.goOn(state(0, new Life(FIRST, 0, 12)))).isTrue();
        assertThat(timeline.end()).isEqualTo(12);
        assertThat(timeline.at(12)).isEqualTo(new Position(FIRST, 12));
    }

    /** Answers of several connections overtake each other. */
    @Test
    void olderStateChangesNothing() {
        timeline.goOn(state(3, new Life(FIRST, 0, 12)));
        assertThat(timeline.goOn(state(2, new Life(FIRST, 0, 11)))).isTrue();
        assertThat(timeline.end()).isEqualTo(12);
        assertThat(timeline.state().start()).isEqualTo(3);
    }

    @Test
    void stateThatIsOlderThanWhatWasReadIsNoLoss() {
        timeline.reach(20);
        assertThat(timeline.goOn(state(0, new Life(FIRST, 0, 15)))).isTrue();
        assertThat(timeline.end()).isEqualTo(20);
    }

    @Test
    void goesOnThroughANewLifeThatBeganAfterAllItHasSeen() {
        assertThat(timeline.goOn(state(0, new Life(FIRST, 0, 10), new Life(SECOND, 10, 12))))
                .isTrue();
        assertThat(timeline.at(10)).isEqualTo(new Position(FIRST, 10));
        assertThat(timeline.at(11)).isEqualTo(new Position(SECOND, 11));
    }

    @Test
    void endsWhereANewLifeLacksWhatItHasSeen() {
        LogState lacking = state(0, new Life(FIRST, 0, 9), new Life(SECOND, 9, 12));
        assertThat(timeline.goOn(lacking)).isFalse();
        assertThat(timeline.at(10)).as("it stays as it was").isEqualTo(new Position(FIRST, 10));
    }

    @Test
    void endsWhereItsLifeIsForgotten() {
        assertThat(timeline.goOn(state(0, new Life(SECOND, 0, 100)))).isFalse();
    }

    @Test
    void eventsThatWereReadCountAsSeen() {
        timeline.reach(11);
        assertThat(timeline.goOn(state(0, new Life(FIRST, 0, 10), new Life(SECOND, 10, 12))))
                .isFalse();
    }

    /** The more is forgotten, the newer a state of the same end is. */
    @Test
    void stateOfTheSameEndThatHasForgottenMoreIsNewer() {
        timeline.goOn(state(5, new Life(FIRST, 0, 10)));
        assertThat(timeline.state().start()).isEqualTo(5);
    }

    private static LogState state(long start, Life... lives) {
        return new LogState(new Lives(List.of(lives), 0), start, start, 0, 0, 0, 0);
    }
}
