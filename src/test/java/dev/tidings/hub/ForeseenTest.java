package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.TopicSelector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept for events on their way is theirs alone, bounded, and gone with them. */
class ForeseenTest {

    private final Foreseen<String> foreseen = new Foreseen<>();

    @Test
    void listIsKnownByItselfAndNotByWhatItHolds() {
        List<String> one = new ArrayList<>(List.of("/a"));
        List<String> other = new ArrayList<>(one);
        KnownMatches<String> found = found(1);
        foreseen.put(one, found);
        assertThat(foreseen.get(one)).isSameAs(found);
        assertThat(foreseen.get(other)).isNull();
        foreseen.remove(other);
        assertThat(foreseen.get(one)).isSameAs(found);
    }

    @Test
    void whatIsRemovedTakesNothing() {
        List<String> topics = List.of("/a");
        foreseen.put(topics, found(1_000));
        foreseen.put(topics, found(1_000));
        assertThat(foreseen.bytes()).isBetween(8_000L, 9_000L);
        foreseen.remove(topics);
        foreseen.remove(topics);
        assertThat(foreseen.get(topics)).isNull();
        assertThat(foreseen.bytes()).isZero();
    }

    @Test
    void whatDoesNotFitIsNotKept() {
        var published = new ArrayList<List<String>>();
        for (int i = 0; i < 5_000; i++) {
            published.add(List.of("/a/" + i));
            foreseen.put(published.get(i), found(1_000));
        }
        assertThat(foreseen.bytes()).isBetween(Foreseen.MAX_BYTES - 9_000, Foreseen.MAX_BYTES);
        assertThat(foreseen.get(published.get(0))).isNotNull();
        assertThat(foreseen.get(published.get(4_999))).isNull();
    }

    @Test
    void whatIsRefusedGoesWithItsTopics() {
        for (int i = 0; i < 100_000 && foreseen.bytes() < Foreseen.MAX_BYTES / 2; i++) {
            foreseen.put(new ArrayList<>(List.of("/refused")), found(1_000));
        }
        List<String> topics = List.of("/a");
        // A collector takes its time to say what it has collected.
        for (int i = 0; i < 1_000 && foreseen.bytes() > 1_000_000; i++) {
            System.gc();
            foreseen.put(topics, found(1));
        }
        assertThat(foreseen.bytes()).isLessThan(1_000_000);
    }

    private static KnownMatches<String> found(int matching) {
        var template = new OpenTemplate<>(1, TopicSelector.of("/{a}"), "nobody");
        return new KnownMatches<>(1, Collections.nCopies(matching, template), 0);
    }
}
