package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchingTest {

    private static final Position PLACE = new Position(Epoch.startingAt(Instant.EPOCH), 1);

    private final Batching batching = new Batching(8, 100_000);

    @Test
    void publicEventsWithTheSameTopicsAreOneRun() {
        assertThat(batching.endOf(List.of(on("/a", "/b"), on("/a", "/b"), on("/a"), on("/a")), 0))
                .isEqualTo(2);
    }

    @Test
    void passingEventMayEndARunOrHaveOneWithOthersButIsFollowedByNoneThatIsKept() {
        var events = List.of(on("/a"), passing("/a"), passing("/a"), on("/a"), on("/a"));
        assertThat(batching.endOf(events, 0)).isEqualTo(3);
        assertThat(batching.endOf(events, 1)).isEqualTo(3);
        assertThat(batching.endOf(events, 3)).isEqualTo(5);
    }

    @Test
    void privateEventIsAloneWhatEverItsTopics() {
        var events = List.of(on("/a"), secret("/a"), secret("/a"), on("/a"));
        assertThat(batching.endOf(events, 0)).isEqualTo(1);
        assertThat(batching.endOf(events, 1)).isEqualTo(2);
        assertThat(batching.endOf(events, 2)).isEqualTo(3);
        assertThat(batching.endOf(events, 3)).isEqualTo(4);
    }

    @Test
    void runFillsHalfAnOutboxAtMost() {
        assertThat(batching.endOf(Collections.nCopies(9, on("/a")), 0)).isEqualTo(4);
        assertThat(batching.endOf(Collections.nCopies(9, on("/a")), 7)).isEqualTo(9);
    }

    @Test
    void runHasNoMoreBytesThanOneWriteUnlessItIsOneEvent() {
        Event large = event("x".repeat(11_000), "/a");
        assertThat(batching.endOf(List.of(large, large, large, large), 0)).isEqualTo(2);
        Event huge = event("x".repeat(70_000), "/a");
        assertThat(batching.endOf(List.of(huge, huge), 0)).isEqualTo(1);
    }

    @Test
    void runFillsHalfTheBytesOfAnOutboxAtMost() {
        int size = on("/a").size();
        assertThat(new Batching(8, 4L * size).endOf(Collections.nCopies(4, on("/a")), 0))
                .isEqualTo(2);
        assertThat(new Batching(8, 4L * size - 1).endOf(Collections.nCopies(4, on("/a")), 0))
                .isEqualTo(1);
    }

    @Test
    void outboxOfOneEventHasRunsOfOne() {
        assertThat(new Batching(1, 100_000).endOf(List.of(on("/a"), on("/a")), 0))
                .isEqualTo(1);
    }

    private static Event on(String... topics) {
        return event("x", topics);
    }

    private static Event passing(String topic) {
        return Event.passing(PLACE, new PublishRequest(List.of(topic), null, "x", null, null, false), Instant.EPOCH);
    }

    private static Event secret(String topic) {
        return Event.kept(PLACE, new PublishRequest(List.of(topic), null, "x", null, null, true), Instant.EPOCH);
    }

    private static Event event(String data, String... topics) {
        return Event.kept(
                PLACE, new PublishRequest(Arrays.asList(topics), null, data, null, null, false), Instant.EPOCH);
    }
}
