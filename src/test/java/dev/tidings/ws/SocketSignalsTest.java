package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Gap;
import dev.tidings.hub.StartingPoint;
import dev.tidings.stream.SharedFrames;
import dev.tidings.testing.Eventually;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a WebSocket is told beside the events that it asked for. */
class SocketSignalsTest {

    private final OneSocket socket = OneSocket.still();
    private final RecordingPeer peer = socket.peer;

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void resumeThatMissedSomethingIsToldSoRightAfterItsWelcome() {
        Position start = socket.log.start();
        var framing = new TextFraming(socket.subscriber, new SharedFrames<>(ServerFrames::event), "node", false);
        var gap = new Gap("asked", start.at(1));
        assertThat(framing.opening(new StartingPoint(start, Position.EARLIEST, gap)))
                .containsExactly(
                        ServerFrames.welcome(socket.subscriber.id(), start, "node"),
                        "{\"type\":\"gap\",\"requested\":\"asked\",\"oldest\":\"" + start.at(1) + "\"}");
    }

    @Test
    void missedPassingEventIsSaidWithinTheStream() {
        socket.connect().turn();
        socket.publish(OneSocket.OUTBOX);
        socket.log.pass(new PublishRequest(List.of("/a"), null, "passing", null, null, false));
        socket.publish("/a", "later", 1);
        Eventually.holds("neither found room", () -> socket.stream.replaying());
        Eventually.holds("it is told", () -> {
            socket.turn();
            return peer.types().contains("gap");
        });
        assertThat(socket.subscriber.ended()).isNull();
    }

    /** So that it resumes from there, though none of what went by was for it. */
    @Test
    void quietPeerHearsThePositionReached() {
        socket.connect().turn();
        socket.hub.publish(List.of(new PublishRequest(List.of("/b"), null, "x", null, null, false)));
        String end = socket.log.end().toString();
        Eventually.holds("the event has gone by", () -> {
            socket.after(OneSocket.HEARTBEAT);
            socket.stream.peerActive();
            socket.turn();
            return peer.frames().contains("{\"type\":\"position\",\"lastEventId\":\"" + end + "\"}");
        });
        assertThat(peer.types()).containsOnly("welcome", "position");
    }
}
