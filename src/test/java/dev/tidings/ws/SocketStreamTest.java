package dev.tidings.ws;

import static dev.tidings.ws.OneSocket.HEARTBEAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A WebSocket that is served by the hub's own threads, which are woken when there is something to do. */
class SocketStreamTest {

    private final OneSocket socket = OneSocket.served();
    private final RecordingPeer peer = socket.peer;

    @AfterEach
    void close() {
        socket.close();
    }

    /** Found when a clock was set back by an hour, and a silent peer was kept for as long. */
    @Test
    void silentPeerIsGivenUpThoughTheClockWasSetBack() {
        socket.clock.set(socket.clock.instant().minus(Duration.ofHours(1)));
        socket.clock.advance(HEARTBEAT.multipliedBy(3));
        Eventually.holds("it is given up", () -> socket.subscriber.ended() == DisconnectReason.SILENT);
    }

    @Test
    void closingThatFoundNoMemoryIsDoneAgain() {
        peer.failToClose(3);
        socket.connect();
        socket.subscriber.end(DisconnectReason.DISCONNECTED);
        Eventually.holds("it is closed at last", () -> peer.closings().size() == 1);
    }

    @Test
    void publishThatFindsNoMemoryIsAnsweredAndTheNextIsPublished() {
        socket.connect();
        socket.log.starved();
        socket.hear("{'type':'publish','topics':['/b'],'ref':'1'}");
        Eventually.holds(
                "it is told",
                () -> peer.frames().stream()
                        .anyMatch(frame -> frame.contains("\"ref\":\"1\"") && frame.contains("out of memory")));
        socket.log.up();
        socket.hear("{'type':'publish','topics':['/b'],'ref':'2'}");
        Eventually.holds(
                "it is published",
                () -> peer.frames().stream()
                        .anyMatch(frame -> frame.contains("published") && frame.contains("\"ref\":\"2\"")));
    }

    @Test
    void arrivalAnswersAndEventsWakeAWriter() {
        socket.connect();
        awaitTypes("welcome");
        socket.hear("{'type':'echo'}");
        awaitTypes("welcome", "echo");
        socket.publish(1);
        awaitTypes("welcome", "echo", "event");
    }

    @Test
    void frameThatIsTakenLaterWakesAWriterForTheNext() {
        peer.hold();
        socket.connect();
        awaitTypes("welcome");
        socket.publish(2);
        peer.take();
        awaitTypes("welcome", "event");
        peer.take();
        awaitTypes("welcome", "event", "event");
    }

    @Test
    void writerComesBackForWhatOneTurnDoesNotSend() {
        socket.publish(150);
        socket.connect();
        Eventually.holds("all are sent", () -> peer.frames().size() == 151);
        assertThat(peer.types().subList(1, 151)).isEqualTo(Collections.nCopies(150, "event"));
    }

    @Test
    void timerHasAQuietPeerPingedAndWhatWaitedForThePingIsSent() {
        socket.connect();
        awaitTypes("welcome");
        peer.holdPings();
        socket.clock.advance(HEARTBEAT);
        Eventually.holds("the ping is under way", () -> peer.pingsBegun() == 1);
        socket.publish(1);
        peer.takePings();
        Eventually.holds("it is sent", () -> peer.types().contains("event"));
    }

    /** Nothing else would: the events of its page that it may see are none. */
    @Test
    void writerComesBackForHistoryThatHeldNothingForIt() {
        socket.publish(OneSocket.OUTBOX);
        socket.publish("/b", "x".repeat(4_000), 100);
        socket.publish("/a", "last", 1);
        Eventually.holds("its outbox is full", () -> socket.stream.replaying());
        socket.connect();
        Eventually.holds("all are sent", () -> peer.frames().size() == OneSocket.OUTBOX + 2);
        assertThat(peer.frames().get(OneSocket.OUTBOX + 1)).contains("\"data\":\"last\"");
    }

    @Test
    void frameThatWaitedForAPingIsSentWhenThatIsMade() {
        socket.connect();
        awaitTypes("welcome");
        socket.awaitLook();
        peer.holdPings();
        socket.clock.advance(HEARTBEAT);
        Eventually.holds("the ping is under way", () -> peer.pingsBegun() == 1);
        socket.awaitLook();
        peer.takePings();
        awaitTypes("welcome", "position");
    }

    @Test
    void timerHasTheEndOfATokenSaid() {
        try (OneSocket expiring = OneSocket.servedExpiring(Duration.ofSeconds(40))) {
            expiring.connect();
            Eventually.holds("it is welcomed", () -> expiring.peer.frames().size() == 1);
            expiring.clock.advance(Duration.ofSeconds(12));
            Eventually.passes(() -> assertThat(expiring.peer.types()).containsExactly("welcome", "expiring"));
        }
    }

    private void awaitTypes(String... types) {
        Eventually.passes(() -> assertThat(peer.types()).containsExactly(types));
    }
}
