package dev.tidings.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.http.stream.JsonFraming;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The frames of events, each made once for all who see the same topics of it. */
class SharedFramesTest {

    private static final Position START = new Position(Epoch.startingAt(Instant.EPOCH), 0);

    private final SharedFrames<byte[]> frames = new SharedFrames<>(JsonFraming::encode);

    @Test
    void frameIsSharedByThoseWhoSeeTheSameTopics() {
        Event event = event(1);
        byte[] frame = frames.of(event, List.of("/a"));
        assertThat(frames.of(event, List.of("/a"))).isSameAs(frame);
        assertThat(new String(frame, StandardCharsets.UTF_8)).contains("\"topics\":[\"/a\"]");
        assertThat(frames.of(event, List.of("/a", "/b"))).isNotSameAs(frame).isNotEqualTo(frame);
        assertThat(frames.of(event(2), List.of("/a"))).isNotSameAs(frame);
    }

    @Test
    void sixteenAreRemembered() {
        Event event = event(1);
        byte[] first = frames.of(event, List.of("/a"));
        for (int place = 2; place <= 16; place++) {
            frames.of(event(place), List.of("/a"));
        }
        assertThat(frames.of(event, List.of("/a"))).isSameAs(first);
        frames.of(event(17), List.of("/a"));
        assertThat(frames.of(event, List.of("/a"))).isNotSameAs(first);
    }

    @Test
    void topicsAreNotTakenForOthersOfTheSameHash() {
        Event event = event(1);
        assertThat(List.of("/Aa")).hasSameHashCodeAs(List.of("/BB"));
        frames.of(event, List.of("/Aa"));
        assertThat(new String(frames.of(event, List.of("/BB")), StandardCharsets.UTF_8))
                .contains("[\"/BB\"]");
    }

    private static Event event(long place) {
        return Event.kept(
                START.at(place), new PublishRequest(List.of("/a", "/b"), "t", "x", null, null, false), Instant.EPOCH);
    }
}
