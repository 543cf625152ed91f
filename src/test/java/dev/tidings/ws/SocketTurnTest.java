package dev.tidings.ws;

import static dev.tidings.ws.OneSocket.HEARTBEAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one turn of a writer's sends: one frame at a time, each when the one before was taken. */
class SocketTurnTest {

    private final OneSocket socket = OneSocket.still();
    private final RecordingPeer peer = socket.peer;

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void nothingIsSentBeforeThePeerHasArrived() {
        socket.turn();
        assertThat(peer.frames()).isEmpty();
        socket.connect().turn();
        assertThat(peer.types()).containsExactly("welcome");
    }

    @Test
    void welcomeComesBeforeAnAnswerThatWaited() {
        socket.hear("{'type':'echo'}");
        socket.connect().turn();
        assertThat(peer.types()).containsExactly("welcome", "echo");
    }

    @Test
    void sendThatEndsWithinItsCallIsFollowedByTheNextInTheSameTurn() {
        socket.connect();
        socket.publish(3);
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "event", "event", "event");
    }

    @Test
    void sendThatEndsAfterItsCallHoldsUpAllThatFollows() {
        peer.hold();
        socket.connect();
        socket.publish(2);
        socket.hear("{'type':'echo'}");
        socket.turn();
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome");
        peer.take();
        socket.turn();
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "echo");
        peer.take();
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "echo", "event");
        peer.take();
        socket.turn();
        peer.take();
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "echo", "event", "event");
    }

    /** Sixty-four, of which each take counts as sixteen: here that of the welcome, and that of the events. */
    @Test
    void othersHaveTheirTurnAfterSomeSends() {
        socket.connect();
        socket.publish(100);
        socket.turn();
        assertThat(peer.frames()).hasSize(64 - 2 * 16);
        socket.turn();
        assertThat(peer.frames()).hasSize(64 - 2 * 16 + 64);
        socket.turn();
        assertThat(peer.types().subList(1, 101)).isEqualTo(Collections.nCopies(100, "event"));
    }

    /** So that others do not wait for it while it reads history. */
    @Test
    void streamThatIsBehindSaysSo() {
        assertThat(socket.stream.replaying()).isFalse();
        for (int i = 0; i < 300; i++) {
            socket.hub.publish(List.of(new PublishRequest(List.of("/a"), null, "x", null, null, false)));
        }
        Eventually.holds("its outbox is full", () -> socket.stream.replaying());
    }

    @Test
    void frameThatIsLostEndsTheStream() {
        peer.hold();
        socket.connect().turn();
        peer.lose();
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome");
    }

    @Test
    void frameThatCannotBeSentEndsTheStream() {
        peer.breakDown();
        socket.connect().turn();
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
    }

    @Test
    void whatWaitsIsNotSentToWhomIsToldToGo() {
        peer.hold();
        socket.connect().turn();
        socket.publish(3);
        peer.take();
        socket.turn();
        socket.subscriber.end(DisconnectReason.DISCONNECTED);
        peer.take();
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "event");
    }

    @Test
    void whatCannotBeHadEndsTheStream() {
        socket.connect().turn();
        socket.stream.answer(new Reply("", () -> {
            throw new OutOfMemoryError("as if");
        }));
        socket.turn();
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.FAILED);
    }

    @Test
    void whatFindsNoMemoryToBeSentEndsTheStream() {
        socket.connect();
        socket.starve(1);
        socket.turn();
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.FAILED);
        assertThat(peer.frames()).isEmpty();
    }

    @Test
    void peerThatDoesNotTakeItsAnswersIsSlow() {
        peer.hold();
        socket.connect().turn();
        for (int i = 0; i < OneSocket.WAITING_FRAMES; i++) {
            socket.hear("{'type':'echo'}");
            assertThat(socket.subscriber.ended()).isNull();
        }
        socket.hear("{'type':'echo'}");
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.SLOW);
    }

    @Test
    void pingIsMadeAHeartbeatAfterTheLastSignAndSaysThePositionToldOf() {
        socket.connect().turn();
        assertThat(socket.after(HEARTBEAT.minusNanos(1))).isTrue();
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome");
        socket.publish(1);
        socket.turn();
        String told = socket.subscriber.peerPosition().toString();
        socket.after(Duration.ofNanos(1));
        socket.turn();
        socket.controls.close();
        assertThat(peer.pings()).containsExactly(told);
    }

    @Test
    void noPingIsMadeBeforeItIsDue() {
        socket.connect().turn();
        socket.after(HEARTBEAT.minusNanos(1));
        socket.turn();
        socket.controls.close();
        assertThat(peer.pings()).isEmpty();
    }

    @Test
    void noPingIsMadeWhileAFrameIsUnderWay() {
        peer.hold();
        socket.connect().turn();
        socket.after(HEARTBEAT);
        socket.turn();
        socket.controls.close();
        assertThat(peer.pings()).isEmpty();
    }

    @Test
    void pingFollowsTheFrameThatWasUnderWay() {
        socket.connect().turn();
        peer.hold();
        Duration moment = Duration.ofMillis(10);
        socket.after(HEARTBEAT.minus(moment));
        socket.publish(2);
        socket.turn();
        socket.after(moment);
        socket.turn();
        peer.take();
        socket.turn();
        assertThat(peer.types()).as("the rest of a page comes first").containsExactly("welcome", "event", "event");
        peer.take();
        socket.turn();
        Eventually.holds("it is pinged", () -> peer.pings().size() == 1);
    }

    @Test
    void nothingIsSentWhileAPingIsUnderWay() {
        peer.holdPings();
        socket.connect().turn();
        socket.after(HEARTBEAT);
        socket.turn();
        socket.publish(1);
        socket.turn();
        assertThat(peer.types()).doesNotContain("event");
        peer.takePings();
        Eventually.holds("what waited is sent", () -> {
            socket.turn();
            return peer.types().contains("event");
        });
        assertThat(peer.pings()).hasSize(1);
    }

    @Test
    void pingThatFailsEndsTheStream() {
        socket.connect().turn();
        peer.breakDown();
        socket.after(HEARTBEAT);
        socket.turn();
        Eventually.holds("it ends", () -> socket.subscriber.ended() == DisconnectReason.CLOSED);
    }
}
