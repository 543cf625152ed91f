package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.testing.Eventually;
import jakarta.websocket.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a connection is closed, and until when somebody looks after that. */
class SocketEndTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final OneSocket socket = OneSocket.still();
    private final RecordingPeer peer = socket.peer;

    @AfterEach
    void close() {
        socket.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSED, 1000, closed",
        "DRAINED, 1001, drained",
        "DISCONNECTED, 1008, disconnected",
        "EXPIRED, 1008, expired",
        "SILENT, 1008, silent",
        "SLOW, 1013, slow",
        "FAILED, 1011, failed"
    })
    void peerIsToldWhy(DisconnectReason reason, int code, String text) {
        socket.connect().turn();
        socket.subscriber.end(reason);
        assertClosed(code, text);
    }

    @Test
    void frameAboveTheLimitIsTheReasonThatCounts() {
        socket.connect().turn();
        socket.assembler.onText("x".repeat(OneSocket.FRAME_BYTES + 1), false);
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
        assertClosed(1009, "closed");
    }

    @Test
    void whoEndedBeforeThePeerArrivedIsClosedWhenItArrives() {
        socket.subscriber.end(DisconnectReason.DRAINED);
        socket.connect();
        assertClosed(1001, "drained");
    }

    @Test
    void connectionIsClosedOnceAndThenLookedAfterNoMore() {
        socket.connect().turn();
        socket.subscriber.end(DisconnectReason.DISCONNECTED);
        Eventually.holds("nothing is left to look after", () -> !socket.after(MOMENT));
        socket.after(MOMENT);
        socket.controls.close();
        assertThat(peer.closings()).hasSize(1);
    }

    @Test
    void connectionIsLookedAfterUntilItsClosingSucceeds() {
        peer.failToClose(2);
        socket.connect().turn();
        socket.subscriber.end(DisconnectReason.DISCONNECTED);
        Eventually.holds("nothing is left to look after", () -> !socket.after(MOMENT));
        assertThat(peer.closings()).hasSize(1);
    }

    @Test
    void connectionThatIsGoneNeedsNoClosing() {
        socket.connect().turn();
        peer.vanish();
        socket.subscriber.end(DisconnectReason.CLOSED);
        Eventually.holds("nothing is left to look after", () -> !socket.after(MOMENT));
        assertThat(peer.closings()).isEmpty();
    }

    @Test
    void connectionThatFailsWhenItIsClosedIsNotClosedAgain() {
        socket.connect().turn();
        peer.breakDown();
        socket.subscriber.end(DisconnectReason.CLOSED);
        Eventually.holds("nothing is left to look after", () -> !socket.after(MOMENT));
    }

    @Test
    void firstReasonCounts() {
        socket.connect().turn();
        socket.subscriber.end(DisconnectReason.SLOW);
        socket.stream.endSubscriber(DisconnectReason.CLOSED);
        socket.after(MOMENT);
        socket.controls.close();
        assertThat(peer.closings()).extracting(CloseReason::getReasonPhrase).containsExactly("slow");
    }

    private void assertClosed(int code, String text) {
        Eventually.holds("it is closed", () -> peer.closings().size() == 1);
        CloseReason reason = peer.closings().get(0);
        assertThat(reason.getCloseCode().getCode()).isEqualTo(code);
        assertThat(reason.getReasonPhrase()).isEqualTo(text);
    }
}
