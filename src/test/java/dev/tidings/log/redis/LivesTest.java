package dev.tidings.log.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivesTest {

    private static final Epoch FIRST = Epoch.of(1_000, 7);
    private static final Epoch SECOND = Epoch.of(2_000, 1 << 25);
    private static final Epoch PRESENT = Epoch.of(3_000, 9);

    private static final String EARLIER = "1000-7:0:10;2000-33554432:10:12;";

    private final Lives lives = Lives.parse(EARLIER, new Life(PRESENT, 12, 20), 0);

    @Test
    void positionIsGoodUpToWhereItsLifeWasFound() {
        assertThat(holds(FIRST, 10)).isTrue();
        assertThat(holds(FIRST, 11)).isFalse();
        assertThat(holds(SECOND, 11)).isTrue();
        assertThat(holds(SECOND, 9)).isFalse();
        assertThat(holds(PRESENT, 20)).isTrue();
        assertThat(holds(PRESENT, 21)).isFalse();
    }

    /** Both stand before the same event. */
    @Test
    void endOfALifeAndBeginningOfTheNextAreBothGood() {
        assertThat(holds(SECOND, 10)).isTrue();
        assertThat(lives.at(10)).isEqualTo(new Position(FIRST, 10));
    }

    @Test
    void eventIsOfTheLifeInWhichItWasAccepted() {
        assertThat(lives.at(1).epoch()).isEqualTo(FIRST);
        assertThat(lives.at(11).epoch()).isEqualTo(SECOND);
        assertThat(lives.at(12).epoch()).isEqualTo(SECOND);
        assertThat(lives.at(13).epoch()).isEqualTo(PRESENT);
        assertThat(lives.at(99).epoch()).isEqualTo(PRESENT);
    }

    @Test
    void lifeIsFoundByTheBirthInAnEntrysId() {
        assertThat(lives.of(entry("2000-11"))).isEqualTo(new Position(SECOND, 11));
        assertThat(lives.of(entry("3000-21"))).isEqualTo(new Position(PRESENT, 21));
        assertThat(lives.of(entry("2001-11"))).isNull();
    }

    /** A server that was the primary may still have it. */
    @Test
    void entryAfterTheEndOfItsLifeIsOfNone() {
        assertThat(lives.of(entry("2000-13"))).isNull();
    }

    /** The second life has begun without an event that somebody had been told is accepted. */
    @Test
    void afterALossIsKnownOlderPositionsAreUnknown() {
        Lives known = Lives.parse(EARLIER, new Life(PRESENT, 12, 20), PRESENT.birth());
        assertThat(known.holds(new Position(FIRST, 3), 20)).isFalse();
        assertThat(known.holds(new Position(SECOND, 11), 20)).isFalse();
        assertThat(known.have(SECOND)).as("no publisher may give such an id").isTrue();
        assertThat(known.at(3)).isEqualTo(new Position(PRESENT, 3));
        assertThat(known.of(entry("1000-3"))).isEqualTo(new Position(PRESENT, 3));
        assertThat(known.holds(new Position(PRESENT, 3), 20)).isTrue();
        assertThat(known.entryId(3)).as("where it is stored").isEqualTo("1000-3");
    }

    @Test
    void idOfAnEntryIsTheBirthAndTheSequenceNumber() {
        assertThat(lives.entryId(11)).isEqualTo("2000-11");
        assertThat(lives.entryId(13)).isEqualTo("3000-13");
    }

    @Test
    void textOfAnEpochIsReadAsItWasWritten() {
        assertThat(Life.epoch(Life.text(SECOND))).isEqualTo(SECOND);
    }

    private boolean holds(Epoch epoch, long sequence) {
        return lives.holds(new Position(epoch, sequence), lives.present().last());
    }

    private static StreamEntry entry(String id) {
        return StreamEntry.of(List.of(id.getBytes(StandardCharsets.UTF_8), List.of()));
    }
}
