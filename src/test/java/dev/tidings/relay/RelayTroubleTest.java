package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RelayTroubleTest {

    private static final String AWAY = "the relay has not been able to use its database";

    private final ManualClock clock = new ManualClock();
    private final RelayTrouble trouble = new RelayTrouble(clock::nanoTime);

    @Test
    void reasonIsToldOnceAndAnotherOneToo() {
        assertThat(trouble.begin(AWAY, "it is away")).isTrue();
        assertThat(trouble.begin(AWAY, "it is away")).isFalse();
        assertThat(trouble.begin(AWAY, "it is read only")).isTrue();
        assertThat(trouble.begin(AWAY, "it is away")).isFalse();
        assertThat(trouble.begin(AWAY, null)).isTrue();
    }

    /** As MariaDB's driver, which has the number of the connection in it. */
    @Test
    void reasonThatDiffersInNumbersAloneIsNotToldAgain() {
        assertThat(trouble.begin(AWAY, "(conn=17) Socket error")).isTrue();
        assertThat(trouble.begin(AWAY, "(conn=9) Socket error")).isFalse();
    }

    /** As SQL Server's, and as pools do. */
    @Test
    void reasonThatDiffersInTheNameOfAConnectionAloneIsNotToldAgain() {
        String refused = "Login failed. ClientConnectionId:%s, a PgConnection@%x";
        assertThat(trouble.begin(AWAY, refused.formatted(UUID.randomUUID(), 0x6f1de4c7)))
                .isTrue();
        assertThat(trouble.begin(AWAY, refused.formatted(UUID.randomUUID(), 0x1a2b3c)))
                .isFalse();
    }

    @Test
    void reasonsThatAreEndlesslyManyAreNotAllTold() {
        int told = 0;
        for (int i = 0; i < 1000; i++) {
            told += trouble.begin(AWAY, "x".repeat(i)) ? 1 : 0;
        }
        assertThat(told).isEqualTo(20);
    }

    @Test
    void troubleLastsUntilItEnds() {
        assertThat(trouble.sentence()).isNull();
        trouble.begin(AWAY, "it is away");
        clock.advance(Duration.ofSeconds(3));
        trouble.begin("the relay has met failures", "a bug");
        assertThat(trouble.sentence()).isEqualTo("the relay has met failures for 3 s; the log says why");
        assertThat(trouble.end()).isTrue();
        assertThat(trouble.end()).isFalse();
        assertThat(trouble.sentence()).isNull();
        assertThat(trouble.begin(AWAY, "it is away")).as("told again").isTrue();
        assertThat(trouble.sentence()).isEqualTo(AWAY + " for 0 s; the log says why");
    }
}
