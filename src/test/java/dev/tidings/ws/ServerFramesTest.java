package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Gap;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of the frames that a client gets. */
class ServerFramesTest {

    private static final Position PLACE = new Position(Epoch.startingAt(Instant.EPOCH), 7);

    @Test
    void welcomeSaysWhoAndWhere() {
        assertThat(ServerFrames.welcome("urn:uuid:1", PLACE, "node-1"))
                .isEqualTo("{\"type\":\"welcome\",\"client\":\"urn:uuid:1\",\"lastEventId\":\"" + PLACE
                        + "\",\"message\":\"Welcome to Tidings.\",\"server\":\"node-1\"}");
    }

    @Test
    void eventHasTheTopicsThatAreSeen() {
        Event event = Event.kept(
                PLACE, new PublishRequest(List.of("/a", "/b"), "t", "x", "mine", null, false), Instant.EPOCH);
        assertThat(ServerFrames.event(event, List.of("/a")))
                .isEqualTo("{\"type\":\"event\",\"id\":\"mine\",\"topics\":[\"/a\"],\"event\":\"t\",\"data\":\"x\","
                        + "\"time\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void signalsSayWhereAndWhen() {
        assertThat(ServerFrames.gap(new Gap("asked", PLACE)))
                .startsWith("{\"type\":\"gap\",")
                .contains("\"asked\"", "\"" + PLACE + "\"");
        assertThat(ServerFrames.position(PLACE)).isEqualTo("{\"type\":\"position\",\"lastEventId\":\"" + PLACE + "\"}");
        assertThat(ServerFrames.expiring(Instant.EPOCH))
                .isEqualTo("{\"type\":\"expiring\",\"expires\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void answersHaveTheClientsRefAsItWroteIt() {
        assertThat(ServerFrames.published("1.50", "id"))
                .isEqualTo("{\"type\":\"published\",\"ref\":1.50,\"id\":\"id\"}");
        assertThat(ServerFrames.renewed(null, null)).isEqualTo("{\"type\":\"renewed\",\"ref\":null,\"expires\":null}");
        assertThat(ServerFrames.renewed("\"r\"", Instant.EPOCH))
                .isEqualTo("{\"type\":\"renewed\",\"ref\":\"r\",\"expires\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void echoHasARefOnlyWhereThereWasOne() {
        assertThat(ServerFrames.echo(null, null)).isEqualTo("{\"type\":\"echo\",\"data\":null}");
        assertThat(ServerFrames.echo("1", ClientFrame.read("{\"data\":[1]}").member("data")))
                .isEqualTo("{\"type\":\"echo\",\"ref\":1,\"data\":[1]}");
    }
}
