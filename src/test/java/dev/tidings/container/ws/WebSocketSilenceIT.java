package dev.tidings.container.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.RawSocket;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import dev.tidings.testing.WaitingTest;
import java.util.Map;

/** Peers are pinged, and those that answer nothing for three heartbeats are gone. */
@EveryContainer(settings = "tidings.heartbeat=500ms")
class WebSocketSilenceIT {

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    WebSocketSilenceIT(Container hub) {
        this.hub = hub;
    }

    @WaitingTest
    void quietPeerIsToldThePositionReached() {
        try (SocketClient client = SocketClient.open(hub, "/ws?topic=" + topic, Tokens.user(user))) {
            client.next("welcome");
            String elsewhere = Publisher.to(hub).publish(Fresh.topic(), "x");
            JsonNode position = client.next("position");
            assertThat(position.properties()).extracting(Map.Entry::getKey).containsExactly("type", "lastEventId");
            while (position.path("lastEventId").textValue().compareTo(elsewhere) < 0) {
                position = client.next("position");
            }
            assertThat(position.path("lastEventId").textValue()).matches(Streams.POSITION);
            Publisher.to(hub).publish(topic, "missed");
            try (SocketClient resumed = SocketClient.open(
                    hub,
                    "/ws?topic=" + topic + "&lastEventID="
                            + Streams.encode(position.path("lastEventId").textValue()),
                    Tokens.user(user))) {
                resumed.next("welcome");
                assertThat(resumed.next("event").path("data").textValue()).isEqualTo("missed");
            }
        }
    }

    @WaitingTest
    void quietPeerIsPingedAndStays() {
        try (SocketClient client = SocketClient.open(hub, "/ws?topic=" + topic, Tokens.user(user))) {
            client.next("welcome");
            for (int i = 0; i < 8; i++) {
                assertThat(client.nextPing()).matches(Streams.POSITION);
            }
            assertThat(Clients.of(hub, user)).hasSize(1);
            assertThat(client.send("{\"type\":\"echo\"}").skipTo("echo")).isNotNull();
        }
    }

    @WaitingTest
    void silentPeerIsClosed() {
        try (StreamRecorder following = Clients.follow(hub);
                RawClient peer = RawSocket.open(hub, "/ws?topic=" + topic, Tokens.user(user), hub.connect())) {
            assertThat(Clients.reason(following, user)).isEqualTo("silent");
            assertThat(RawSocket.closeCode(peer)).isEqualTo(1008);
        }
    }

    @WaitingTest
    void silentPeerThatIsWrittenToIsClosedAsWell() {
        try (StreamRecorder following = Clients.follow(hub);
                StreamRecorder pace = Streams.open(Streams.request(hub, Fresh.topic()));
                RawClient peer = RawSocket.open(hub, "/ws?topic=" + topic, Tokens.user(user), hub.connect())) {
            for (int heartbeats = 0; heartbeats < 5; ) {
                Publisher.to(hub).publish(topic, "x");
                heartbeats += pace.nextBlock().isIdOnly() ? 1 : 0;
            }
            assertThat(Clients.reason(following, user)).isEqualTo("silent");
            assertThat(RawSocket.closeCode(peer)).isEqualTo(1008);
        }
    }

    @WaitingTest
    void peerThatTakesNothingIsClosedAsWell() {
        try (StreamRecorder following = Clients.follow(hub)) {
            RawClient peer =
                    RawSocket.open(hub, "/ws?topic=" + topic, Tokens.user(user), RawClient.connect(hub.uri(), 4_096));
            String padding = "x".repeat(512 * 1024);
            for (int i = 0; i < 24; i++) {
                Publisher.to(hub).publish(topic, padding);
            }
            assertThat(Clients.reason(following, user)).isEqualTo("silent");
            peer.close();
        }
    }
}
