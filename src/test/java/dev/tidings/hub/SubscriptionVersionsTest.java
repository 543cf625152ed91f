package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What was asked for, and granted, at which sequence number. */
class SubscriptionVersionsTest {

    private static final Position START = new Position(Epoch.startingAt(Instant.EPOCH), 0);

    private final Subscription first = subscription(List.of("/a"), List.of("/a"));
    private final SubscriptionVersions versions = new SubscriptionVersions(first);

    @Test
    void eachHoldsUpToTheSequenceOfItsChange() {
        change(5, first.withTopics(SelectorSet.parse(List.of("/b"))));
        change(7, first.withTopics(SelectorSet.parse(List.of("/c"))));
        assertThat(wanted("/a")).containsExactly(4L, 5L);
        assertThat(wanted("/b")).containsExactly(6L, 7L);
        assertThat(wanted("/c")).containsExactly(8L, 9L);
        versions.forget(5);
        assertThat(versions.unchanged()).isFalse();
        assertThat(wanted("/b")).containsExactly(4L, 5L, 6L, 7L);
        versions.forget(7);
        assertThat(versions.unchanged()).isTrue();
        assertThat(wanted("/c")).hasSize(6);
    }

    @Test
    void topicsShowAsTheyWereAskedForAtTheirSequence() {
        assertThat(versions.visibleTopics(event(5, false, "/a", "/b"))).containsExactly("/a");
        change(5, first.withTopics(SelectorSet.parse(List.of("/b"))));
        assertThat(versions.visibleTopics(event(5, false, "/a", "/b"))).containsExactly("/a");
        assertThat(versions.visibleTopics(event(6, false, "/a", "/b"))).containsExactly("/b");
    }

    @Test
    void ofAPrivateEventNothingShowsThatWasAskedForOrGrantedLater() {
        change(5, subscription(List.of("/a", "/b"), List.of("/a", "/b")));
        assertThat(versions.visibleTopics(event(5, true, "/a", "/b"))).containsExactly("/a");
        assertThat(versions.visibleTopics(event(6, true, "/a", "/b"))).containsExactly("/a", "/b");
    }

    /** A passing event bears the sequence number of the last one that is kept, also when it comes after a change. */
    @Test
    void eventThatWasNotAskedForAtItsSequenceShowsWhatIsAskedForNow() {
        change(5, first.withTopics(SelectorSet.parse(List.of("/b"))));
        assertThat(versions.visibleTopics(event(5, false, "/b", "/c"))).containsExactly("/b");
    }

    @Test
    void onlyANewGrantTakesOutWhatItDoesNotCover() {
        change(5, first.withTopics(SelectorSet.parse(List.of("/b"))));
        assertThat(versions.emptied(new ArrayList<>(List.of(event(6, true, "/x")))))
                .isFalse();
        change(6, first.withGranted(SelectorSet.parse(List.of("/b"))));
        assertThat(versions.emptied(new ArrayList<>())).isFalse();
        assertThat(versions.emptied(new ArrayList<>(List.of(event(6, true, "/a")))))
                .isTrue();
        var some = new ArrayList<>(List.of(event(6, true, "/a"), event(6, true, "/b"), event(6, false, "/a")));
        assertThat(versions.emptied(some)).isFalse();
        assertThat(some).extracting(Event::topics).containsExactly(List.of("/b"), List.of("/a"));
    }

    private void change(long sequence, Subscription next) {
        versions.change(sequence, next);
    }

    private List<Long> wanted(String topic) {
        return LongStream.rangeClosed(4, 9)
                .filter(sequence -> versions.wants(event(sequence, false, topic)))
                .boxed()
                .toList();
    }

    private static Subscription subscription(List<String> asked, List<String> granted) {
        return new Subscription(
                SelectorSet.parse(asked),
                SelectorSet.parse(granted),
                new Peer("alice", "alice", "", "", "sse", null),
                StartRequest.NOW);
    }

    private static Event event(long sequence, boolean isPrivate, String... topics) {
        return Event.kept(
                START.at(sequence),
                new PublishRequest(List.of(topics), null, "x", null, null, isPrivate),
                Instant.EPOCH);
    }
}
