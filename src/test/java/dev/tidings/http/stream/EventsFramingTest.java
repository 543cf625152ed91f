package dev.tidings.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.Gap;
import dev.tidings.hub.Peer;
import dev.tidings.hub.StartRequest;
import dev.tidings.hub.StartingPoint;
import dev.tidings.hub.Subscription;
import dev.tidings.stream.SharedFrames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What streams at {@code /events} write, byte for byte, as they are and with {@code frame=json}. */
class EventsFramingTest {

    private static final Position START = new Position(Epoch.startingAt(Instant.EPOCH), 0);
    private static final Gap GAP = new Gap("asked", START.at(1));
    private static final String GAP_BLOCK =
            "event: gap\ndata: {\"requested\":\"asked\",\"oldest\":\"" + START.at(1) + "\"}\n\n";

    private final EventsFraming framing = new EventsFraming(Duration.ofSeconds(2));
    private final SharedFrames<byte[]> frames = new SharedFrames<>(JsonFraming::encode);
    private final EventsFraming json = json(List.of("/a"), List.of());

    @Test
    void openingPrimesThePeersLastEventId() {
        String opening = ":\nretry: 2000\nid: " + START + "\n\n";
        assertThat(text(framing.opening(new StartingPoint(START, null, null)))).isEqualTo(opening);
        assertThat(text(json.opening(new StartingPoint(START, null, null)))).isEqualTo(opening);
    }

    @Test
    void gapFollowsTheOpeningOfAResumeThatMissedSomething() {
        assertThat(text(framing.opening(new StartingPoint(START, Position.EARLIEST, GAP))))
                .isEqualTo(":\nretry: 2000\nid: " + START + "\n\n" + GAP_BLOCK);
    }

    @Test
    void signalsHaveNoIdAndAHeartbeatHasNothingElse() {
        assertThat(text(framing.gap(GAP))).isEqualTo(GAP_BLOCK);
        assertThat(text(framing.expiring(Instant.EPOCH)))
                .isEqualTo("event: expiring\ndata: {\"expires\":\"1970-01-01T00:00:00Z\"}\n\n");
        assertThat(text(framing.heartbeat(START.at(3)))).isEqualTo(":\nid: " + START.at(3) + "\n\n");
        assertThat(framing.sendsPositions()).isTrue();
    }

    @Test
    void eventIsItsOwnFrameAndSeveralAreThoseFramesInOrder() {
        Event first = event(1, false);
        Event second = event(2, false);
        assertThat(framing.events(List.of(first))).isSameAs(first.frame());
        assertThat(text(framing.events(List.of(first, second)))).isEqualTo(text(first.frame()) + text(second.frame()));
    }

    @Test
    void streamsThatLackTheSameEventsShareTheirBytes() {
        List<Event> events = List.of(event(1, false), event(2, false));
        assertThat(framing.events(events)).isSameAs(framing.events(events));
        EventsFraming other = new JsonFraming(json, false, subscription(List.of("/a"), List.of()), frames);
        assertThat(other.events(events)).isSameAs(json.events(events));
    }

    @Test
    void jsonHoldsWhatTheEventIsAndRetryStaysTheStreams() {
        assertThat(text(json.events(List.of(event(1, false)))))
                .isEqualTo("retry: 77\nid: id-1\ndata: {\"id\":\"id-1\",\"topics\":[\"/a\"],\"type\":\"t\","
                        + "\"data\":\"1\",\"time\":\"1970-01-01T00:00:00Z\"}\n\n");
    }

    @Test
    void jsonNamesTheTopicsThatItsReaderMaySee() {
        List<Event> open = List.of(event(1, false));
        assertThat(text(json(List.of("/b"), List.of()).events(open))).contains("\"topics\":[\"/b\"]");
        List<Event> closed = List.of(event(2, true));
        assertThat(text(json(List.of("/{any}"), List.of("/a")).events(closed))).contains("\"topics\":[\"/a\"]");
    }

    private EventsFraming json(List<String> topics, List<String> granted) {
        return new JsonFraming(framing, false, subscription(topics, granted), frames);
    }

    private static Subscription subscription(List<String> topics, List<String> granted) {
        return new Subscription(
                SelectorSet.parse(topics),
                SelectorSet.parse(granted),
                new Peer("alice", "alice", "192.0.2.1", "test", "sse", null),
                StartRequest.NOW);
    }

    private static Event event(long place, boolean isPrivate) {
        return Event.kept(
                START.at(place),
                new PublishRequest(List.of("/a", "/b"), "t", "" + place, "id-" + place, 77, isPrivate),
                Instant.EPOCH);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
