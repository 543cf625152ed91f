package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.selector.SelectorSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

    private static final Epoch EPOCH = Epoch.of(1_000, 1);

    private final RecentEvents recent =
            new RecentEvents(new Retention(5, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())));

    @Test
    void whatWasAddedIsReadFromWhereItReaches() {
        add(101, 103);
        assertThat(sequences(100)).containsExactly(101L, 102L, 103L);
        assertThat(sequences(102)).containsExactly(103L);
        assertThat(recent.after(103, 10, 1 << 20))
                .as("there may be more elsewhere")
                .isNull();
        assertThat(recent.after(99, 10, 1 << 20)).isNull();
        assertThat(recent.reaches(100)).isTrue();
        assertThat(recent.reaches(103)).isTrue();
        assertThat(recent.reaches(99)).isFalse();
        assertThat(recent.reaches(104)).isFalse();
    }

    @Test
    void oldestAreForgotten() {
        add(1, 8);
        assertThat(recent.reaches(2)).isFalse();
        assertThat(sequences(3)).containsExactly(4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void passingEventsAreLeftOut() {
        add(1, 1);
        recent.add(List.of(Event.passing(new Position(EPOCH, 1), Requests.of("x"), Instant.EPOCH)));
        add(2, 2);
        assertThat(sequences(0)).containsExactly(1L, 2L);
    }

    /** As when memory ran out while the events between were added. */
    @Test
    void nothingIsReadAcrossEventsThatAreMissing() {
        add(1, 3);
        add(6, 7);
        assertThat(recent.reaches(2)).isFalse();
        assertThat(sequences(5)).containsExactly(6L, 7L);
    }

    @Test
    void afterItIsClearedThereIsNothing() {
        add(1, 3);
        recent.clear();
        assertThat(recent.reaches(3)).isFalse();
        assertThat(recent.after(1, 10, 1 << 20)).isNull();
        add(1, 1);
        assertThat(sequences(0)).containsExactly(1L);
    }

    private List<Long> sequences(long after) {
        return recent.after(after, 10, 1 << 20).stream().map(Event::sequence).toList();
    }

    private void add(int first, int last) {
        recent.add(IntStream.rangeClosed(first, last)
                .mapToObj(n -> Event.kept(new Position(EPOCH, n), Requests.of("x"), Instant.EPOCH))
                .toList());
    }
}
