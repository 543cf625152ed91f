package dev.tidings.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.selector.SelectorSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which sequence numbers are window, and which of them may soon be forgotten, exactly at each of the bounds. */
class RetentionWindowTest {

    private static final Duration AGE = Duration.ofMillis(10);

    /** An event, by what is counted of it. */
    private record Figure(int bytes, int memory, long time) {}

    private final Map<Long, Figure> figures = new HashMap<>();

    @Test
    void soManyEventsAreHeldAndTheOlderHalfIsSoonEvicted() {
        RetentionWindow window = window(4, 1_000);
        add(window, 4, new Figure(1, 1, 0));
        assertThat(sequences(window)).containsExactly(0L, 2L, 4L);
        add(window, 1, new Figure(1, 1, 0));
        assertThat(sequences(window)).containsExactly(1L, 3L, 5L);
    }

    @Test
    void soManyBytesAreHeldAndTheOlderHalfIsSoonEvicted() {
        RetentionWindow window = window(100, 100);
        add(window, 4, new Figure(25, 1, 0));
        assertThat(sequences(window)).containsExactly(0L, 2L, 4L);
        add(window, 1, new Figure(26, 1, 0));
        assertThat(sequences(window)).containsExactly(2L, 4L, 5L);
        add(window, 2, new Figure(12, 1, 0));
        assertThat(sequences(window)).containsExactly(2L, 4L, 7L);
    }

    @Test
    void soMuchMemoryIsHeldAndTheOlderHalfIsSoonEvicted() {
        RetentionWindow window = window(10, 1_000);
        int quarter = (int) Retention.memory(10, 1_000) / 4;
        add(window, 4, new Figure(1, quarter, 0));
        assertThat(sequences(window)).containsExactly(0L, 2L, 4L);
        add(window, 1, new Figure(1, quarter + 1, 0));
        assertThat(sequences(window)).containsExactly(2L, 4L, 5L);
        add(window, 2, new Figure(1, quarter / 2 - 1, 0));
        assertThat(sequences(window)).containsExactly(2L, 4L, 7L);
    }

    @Test
    void newestIsHeldHoweverLarge() {
        RetentionWindow window = window(10, 100);
        add(window, 3, new Figure(1_000, 1_000_000, 0));
        assertThat(sequences(window)).containsExactly(2L, 3L, 3L);
    }

    @Test
    void whatIsExactlyAsOldAsItMayBeIsHeld() {
        RetentionWindow window = window(10, 1_000);
        for (int time = 0; time < 3; time++) {
            add(window, 1, new Figure(1, 1, time));
        }
        window.forgetOlderThanAllowed(Instant.ofEpochMilli(1).plus(AGE));
        assertThat(window.start()).isEqualTo(1);
        window.forgetOlderThanAllowed(Instant.ofEpochMilli(100).plus(AGE));
        assertThat(window.start()).isEqualTo(window.end());
    }

    @Test
    void whatAgeForgetsIsNeitherSoonEvictedNorCounted() {
        RetentionWindow window = window(100, 100);
        add(window, 2, new Figure(25, 500, 0));
        window.forgetOlderThanAllowed(Instant.ofEpochMilli(1).plus(AGE));
        assertThat(sequences(window)).containsExactly(2L, 2L, 2L);
        add(window, 4, new Figure(25, 1, 5));
        assertThat(sequences(window)).containsExactly(2L, 4L, 6L);
    }

    @Test
    void whatAgeForgetsOfTheOlderHalfLeavesTheNewerHalfAsItWas() {
        RetentionWindow window = window(100, 100);
        add(window, 2, new Figure(25, 1, 0));
        add(window, 2, new Figure(25, 1, 5));
        window.forgetOlderThanAllowed(Instant.ofEpochMilli(1).plus(AGE));
        assertThat(sequences(window)).containsExactly(2L, 2L, 4L);
    }

    @Test
    void placesFromTheOneBeforeTheOldestToTheNewestCanBeGoneOnFrom() {
        RetentionWindow window = window(2, 1_000);
        window.beginAfter(7);
        assertThat(sequences(window)).containsExactly(7L, 7L, 7L);
        assertThat(window.reaches(7)).isTrue();
        add(window, 3, new Figure(1, 1, 0));
        assertThat(window.reaches(7)).isFalse();
        assertThat(window.reaches(8)).isTrue();
        assertThat(window.reaches(10)).isTrue();
        assertThat(window.reaches(11)).isFalse();
    }

    /** Before the oldest that is window, before the newer half, and the newest. */
    private static List<Long> sequences(RetentionWindow window) {
        return List.of(window.start(), window.soonEvicted(), window.end());
    }

    private RetentionWindow window(int events, long bytes) {
        return new RetentionWindow(new Retention(events, AGE, bytes, SelectorSet.of(List.of())), new HistoryEntries() {
            @Override
            public int capacity() {
                return Integer.MAX_VALUE;
            }

            @Override
            public void grow(int capacity, long start, long end) {}

            @Override
            public void put(Event event) {}

            @Override
            public void forget(long sequence) {}

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

    private void add(RetentionWindow window, int count, Figure figure) {
        for (int i = 0; i < count; i++) {
            figures.put(window.end() + 1, figure);
            window.add();
        }
    }
}
