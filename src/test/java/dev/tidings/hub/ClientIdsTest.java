package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClientIdsTest {

    private static final String PREFIX = "urn:uuid:";

    private final ClientIds ids = new ClientIds();
    private final ManualClock clock = new ManualClock();

    @Test
    void idIsAVersionSevenThatSaysWhenItsClientCame() {
        String id = ids.next(clock.instant());
        assertThat(id).startsWith(PREFIX);
        UUID uuid = uuid(id);
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() >>> 16)
                .isEqualTo(clock.instant().toEpochMilli());
        assertThat(uuid.getMostSignificantBits() & 0xfff).isZero();
        assertThat(uuid(ids.next(clock.instant())).getMostSignificantBits() & 0xfff)
                .isEqualTo(1);
    }

    /** More of them in one millisecond than the counter has room for. */
    @Test
    void idsRiseThoughTheClockStandsStillOrStepsBack() {
        var made = new ArrayList<String>();
        for (int i = 0; i < 5_000; i++) {
            made.add(ids.next(clock.instant()));
        }
        clock.advance(Duration.ofHours(-1));
        made.add(ids.next(clock.instant()));
        clock.advance(Duration.ofHours(2));
        made.add(ids.next(clock.instant()));
        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(made).allSatisfy(id -> {
            assertThat(uuid(id).version()).isEqualTo(7);
            assertThat(uuid(id).variant()).isEqualTo(2);
        });
        assertThat(uuid(made.get(5_001)).getMostSignificantBits() >>> 16)
                .isEqualTo(clock.instant().toEpochMilli());
    }

    private static UUID uuid(String id) {
        return UUID.fromString(id.substring(PREFIX.length()));
    }
}
