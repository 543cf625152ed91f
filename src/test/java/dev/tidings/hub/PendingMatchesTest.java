package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.TopicSelector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept for events on their way is theirs alone, bounded, and gone with them. */
class PendingMatchesTest {

    private final PendingMatches<String> pending = new PendingMatches<>();

    @Test
    void listIsKnownByItselfAndNotByWhatItHolds() {
        List<String> one = new ArrayList<>(List.of("/a"));
        List<String> other = new ArrayList<>(one);
        CachedMatches<String> found = found(1);
        pending.put(one, found);
        assertThat(pending.get(one)).isSameAs(found);
        assertThat(pending.get(other)).isNull();
        pending.remove(other);
        assertThat(pending.get(one)).isSameAs(found);
    }

    @Test
    void whatIsRemovedTakesNothing() {
        List<String> topics = List.of("/a");
        pending.put(topics, found(1_000));
        pending.put(topics, found(1_000));
        assertThat(pending.bytes()).isBetween(8_000L, 9_000L);
        pending.remove(topics);
        pending.remove(topics);
        assertThat(pending.get(topics)).isNull();
        assertThat(pending.bytes()).isZero();
    }

    @Test
    void whatDoesNotFitIsNotKept() {
        var published = new ArrayList<List<String>>();
        for (int i = 0; i < 5_000; i++) {
            published.add(List.of("/a/" + i));
            pending.put(published.get(i), found(1_000));
        }
        assertThat(pending.bytes()).isBetween(PendingMatches.MAX_BYTES - 9_000, PendingMatches.MAX_BYTES);
        assertThat(pending.get(published.get(0))).isNotNull();
        assertThat(pending.get(published.get(4_999))).isNull();
    }

    @Test
    void whatIsRefusedGoesWithItsTopics() {
        for (int i = 0; i < 100_000 && pending.bytes() < PendingMatches.MAX_BYTES / 2; i++) {
            pending.put(new ArrayList<>(List.of("/refused")), found(1_000));
        }
        List<String> topics = List.of("/a");
        // A collector takes its time to say what it has collected.
        for (int i = 0; i < 1_000 && pending.bytes() > 1_000_000; i++) {
            System.gc();
            pending.put(topics, found(1));
        }
        assertThat(pending.bytes()).isLessThan(1_000_000);
    }

    private static CachedMatches<String> found(int matching) {
        var template = new OpenTemplate<>(1, TopicSelector.of("/{a}"), "nobody");
        return new CachedMatches<>(1, Collections.nCopies(matching, template), 0);
    }
}
