package dev.tidings.ws;

import static dev.tidings.ws.OneSocket.HEARTBEAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which peers are given up, and when. */
class SocketSilenceTest {

    private static final Duration OVERDUE = HEARTBEAT.multipliedBy(3);
    private static final Duration NANO = Duration.ofNanos(1);

    private final OneSocket socket = OneSocket.still();
    private final RecordingPeer peer = socket.peer;

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void peerThatNeverArrivesIsGivenUpAfterThreeHeartbeats() {
        assertThat(socket.after(OVERDUE.minus(NANO))).isTrue();
        assertThat(socket.subscriber.ended()).isNull();
        assertThat(socket.after(NANO)).isTrue();
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.SILENT);
        assertThat(socket.after(NANO)).as("nothing is left to look after").isFalse();
    }

    @Test
    void whoEndsBeforeItArrivesIsLookedAfterUntilItIsOverdue() {
        socket.subscriber.end(DisconnectReason.DRAINED);
        assertThat(socket.after(OVERDUE.minus(NANO))).isTrue();
        assertThat(socket.after(NANO)).isFalse();
    }

    @Test
    void arrivingIsASignOfLife() {
        socket.after(OVERDUE.minus(NANO));
        socket.connect();
        socket.after(OVERDUE.minus(NANO));
        assertThat(socket.liveness.overdue(socket.clock.nanoTime())).isFalse();
        assertThat(socket.subscriber.ended()).isNull();
    }

    @Test
    void peerThatAnswersNoPingIsGivenUpAfterThreeHeartbeats() {
        socket.connect().turn();
        beat(1);
        beat(2);
        socket.after(HEARTBEAT.minus(NANO));
        assertThat(socket.subscriber.ended()).isNull();
        socket.after(NANO);
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.SILENT);
    }

    @Test
    void peerThatAnswersNoPingIsGivenUpThoughItWasSentSomethingJustNow() {
        socket.connect().turn();
        beat(1);
        beat(2);
        peer.hold();
        socket.clock.advance(HEARTBEAT.minus(NANO));
        socket.publish(1);
        Eventually.holds("it is sent", () -> {
            // The ping may not be over.
            socket.turn();
            return peer.types().contains("event");
        });
        socket.after(NANO);
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.SILENT);
    }

    @Test
    void peerThatAnswersStays() {
        socket.connect().turn();
        for (int beat = 1; beat <= 10; beat++) {
            beat(beat);
            socket.stream.peerActive();
        }
        assertThat(socket.subscriber.ended()).isNull();
    }

    /** Otherwise a hub that stood still for a moment would throw everybody out. */
    @Test
    void peerThatWasNotPingedIsPingedFirstThoughItIsOverdue() {
        socket.connect().turn();
        peer.holdPings();
        socket.after(OVERDUE.multipliedBy(2));
        assertThat(socket.subscriber.ended()).isNull();
        socket.turn();
        Eventually.holds("the ping is under way", () -> peer.pingsBegun() == 1);
        socket.after(HEARTBEAT.minus(NANO));
        assertThat(socket.subscriber.ended()).isNull();
        socket.after(NANO);
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.SILENT);
    }

    @Test
    void peerThatTakesNothingIsGivenUpThoughItCannotBePinged() {
        peer.hold();
        socket.connect().turn();
        socket.after(OVERDUE.minus(NANO));
        assertThat(socket.subscriber.ended()).isNull();
        socket.after(NANO);
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.SILENT);
    }

    /** The same: after a standstill of the hub's, what was sent a moment ago says nothing of the peer. */
    @Test
    void peerHasAHeartbeatToTakeWhatWasSentThoughItIsOverdue() {
        socket.connect().turn();
        socket.clock.advance(OVERDUE.multipliedBy(2));
        peer.hold();
        socket.publish(1);
        socket.turn();
        socket.after(HEARTBEAT.minus(NANO));
        assertThat(socket.subscriber.ended()).isNull();
        socket.after(NANO);
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.SILENT);
    }

    /** The ping waits for others that take their time, and the peer cannot have answered it. */
    @Test
    void peerWhosePingWasNotMadeYetIsNotGivenUp() {
        var others = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            socket.controls.run(() -> await(others));
        }
        socket.connect().turn();
        socket.after(OVERDUE);
        socket.turn();
        socket.after(OVERDUE);
        assertThat(socket.subscriber.ended()).isNull();
        socket.publish(1);
        socket.turn();
        assertThat(peer.types()).as("what is sent before a ping that waits").containsExactly("welcome");
        others.countDown();
        Eventually.holds("its time begins when it is made", () -> {
            socket.after(HEARTBEAT);
            return socket.subscriber.ended() == DisconnectReason.SILENT;
        });
    }

    @Test
    void frameThatHadToWaitForThePeerIsASignOfLifeWhenItIsTaken() {
        peer.hold();
        socket.connect().turn();
        socket.after(OVERDUE.minus(NANO));
        peer.take();
        socket.after(OVERDUE.minus(NANO));
        assertThat(socket.liveness.overdue(socket.clock.nanoTime())).isFalse();
        assertThat(socket.subscriber.ended()).isNull();
    }

    /** It is with the kernel, and nobody may have read it. */
    @Test
    void frameThatIsTakenAtOnceIsNoSignOfLife() {
        peer.hold();
        socket.connect().turn();
        socket.clock.advance(Duration.ofMillis(20));
        peer.take();
        socket.clock.advance(OVERDUE.minus(Duration.ofMillis(20)));
        assertThat(socket.liveness.overdue(socket.clock.nanoTime())).isTrue();
    }

    @Test
    void whateverThePeerSaysIsASignOfLife() {
        socket.connect().turn();
        socket.clock.advance(OVERDUE);
        socket.assembler.onText("{\"type\":", false);
        assertThat(socket.liveness.overdue(socket.clock.nanoTime())).isFalse();
    }

    /** A heartbeat goes by, and the peer is pinged; so often it was then. */
    private void beat(int pings) {
        socket.after(HEARTBEAT);
        Eventually.holds("it is pinged", () -> {
            // The one before may not be over.
            socket.turn();
            return peer.pings().size() == pings;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
