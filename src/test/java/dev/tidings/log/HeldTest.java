package dev.tidings.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.SelectorSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which sequence numbers are held, and which of them fade, exactly at each of the bounds. */
class HeldTest {

    private static final Duration AGE = Duration.ofMillis(10);

    /** An event, by what is counted of it. */
    private record Figure(int bytes, int memory, long time) {}

    private final Map<Long, Figure> figures = new HashMap<>();

    @Test
    void soManyEventsAreHeldAndTheOlderHalfFades() {
        Held held = held(4, 1_000);
        add(held, 4, new Figure(1, 1, 0));
        assertThat(sequences(held)).containsExactly(0L, 2L, 4L);
        add(held, 1, new Figure(1, 1, 0));
        assertThat(sequences(held)).containsExactly(1L, 3L, 5L);
    }

    @Test
    void soManyBytesAreHeldAndTheOlderHalfFades() {
        Held held = held(100, 100);
        add(held, 4, new Figure(25, 1, 0));
        assertThat(sequences(held)).containsExactly(0L, 2L, 4L);
        add(held, 1, new Figure(26, 1, 0));
        assertThat(sequences(held)).containsExactly(2L, 4L, 5L);
        add(held, 2, new Figure(12, 1, 0));
        assertThat(sequences(held)).containsExactly(2L, 4L, 7L);
    }

    @Test
    void soMuchMemoryIsHeldAndTheOlderHalfFades() {
        Held held = held(10, 1_000);
        int quarter = (int) Retention.memory(10, 1_000) / 4;
        add(held, 4, new Figure(1, quarter, 0));
        assertThat(sequences(held)).containsExactly(0L, 2L, 4L);
        add(held, 1, new Figure(1, quarter + 1, 0));
        assertThat(sequences(held)).containsExactly(2L, 4L, 5L);
        add(held, 2, new Figure(1, quarter / 2 - 1, 0));
        assertThat(sequences(held)).containsExactly(2L, 4L, 7L);
    }

    @Test
    void newestIsHeldHoweverLarge() {
        Held held = held(10, 100);
        add(held, 3, new Figure(1_000, 1_000_000, 0));
        assertThat(sequences(held)).containsExactly(2L, 3L, 3L);
    }

    @Test
    void whatIsExactlyAsOldAsItMayBeIsHeld() {
        Held held = held(10, 1_000);
        for (int time = 0; time < 3; time++) {
            add(held, 1, new Figure(1, 1, time));
        }
        held.forgetOlderThanAllowed(Instant.ofEpochMilli(1).plus(AGE));
        assertThat(held.start()).isEqualTo(1);
        held.forgetOlderThanAllowed(Instant.ofEpochMilli(100).plus(AGE));
        assertThat(held.start()).isEqualTo(held.end());
    }

    @Test
    void whatAgeForgetsNeitherFadesAnyMoreNorCounts() {
        Held held = held(100, 100);
        add(held, 2, new Figure(25, 500, 0));
        held.forgetOlderThanAllowed(Instant.ofEpochMilli(1).plus(AGE));
        assertThat(sequences(held)).containsExactly(2L, 2L, 2L);
        add(held, 4, new Figure(25, 1, 5));
        assertThat(sequences(held)).containsExactly(2L, 4L, 6L);
    }

    @Test
    void whatAgeForgetsOfTheOlderHalfLeavesTheNewerHalfAsItWas() {
        Held held = held(100, 100);
        add(held, 2, new Figure(25, 1, 0));
        add(held, 2, new Figure(25, 1, 5));
        held.forgetOlderThanAllowed(Instant.ofEpochMilli(1).plus(AGE));
        assertThat(sequences(held)).containsExactly(2L, 2L, 4L);
    }

    @Test
    void placesFromTheOneBeforeTheOldestToTheNewestCanBeGoneOnFrom() {
        Held held = held(2, 1_000);
        held.beginAfter(7);
        assertThat(sequences(held)).containsExactly(7L, 7L, 7L);
        assertThat(held.reaches(7)).isTrue();
        add(held, 3, new Figure(1, 1, 0));
        assertThat(held.reaches(7)).isFalse();
        assertThat(held.reaches(8)).isTrue();
        assertThat(held.reaches(10)).isTrue();
        assertThat(held.reaches(11)).isFalse();
    }

    /** Before the oldest that is held, before the newer half, and the newest. */
    private static List<Long> sequences(Held held) {
        return List.of(held.start(), held.soonEvicted(), held.end());
    }

    private Held held(int events, long bytes) {
        return new Held(new Retention(events, AGE, bytes, SelectorSet.of(List.of())), new Held.Figures() {
            @Override
            public int bytes(long sequence) {
                return figure(sequence).bytes();
            }

            @Override
            public int memory(long sequence) {
                return figure(sequence).memory();
            }

            @Override
            public long time(long sequence) {
                return figure(sequence).time();
            }
        });
    }

    private Figure figure(long sequence) {
        return requireNonNull(figures.get(sequence));
    }

    private void add(Held held, int count, Figure figure) {
        for (int i = 0; i < count; i++) {
            figures.put(held.end() + 1, figure);
            held.add();
        }
    }
}
