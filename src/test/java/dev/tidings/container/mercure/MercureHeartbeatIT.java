package dev.tidings.container.mercure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;

/** A quiet stream at the Mercure door: its readers take every block for an event, so it has none. */
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        settings = "tidings.heartbeat=200ms")
class MercureHeartbeatIT {

    private final String topic = Fresh.topic();
    private final Container hub;

    MercureHeartbeatIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void heartbeatIsACommentLineAlone() {
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            Mercure.publish(hub, "topic", Fresh.topic(), "data", "x");
            Eventually.holds("three heartbeats", () -> stream.bytes().length >= 8);
            String id = Mercure.publish(hub, "topic", topic, "data", "x");
            stream.next();
            assertThat(Streams.text(stream)).matches("(:\n){4,}id: " + id + "\ndata: x\n\n");
        }
    }

    /** Where a stream of /events would be told of a fresh position, before its heartbeat is due. */
    @Test
    void manyEventsThatGoByAreNoReasonToSayMore() {
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            Publisher.to(hub).publishNumbers(Fresh.topic(), 1_000);
            String id = Mercure.publish(hub, "topic", topic, "data", "x");
            stream.next();
            assertThat(Streams.text(stream)).matches("(:\n)+id: " + id + "\ndata: x\n\n");
        }
    }

    /** Its peer resumes from the last event, whatever else went by. */
    @Test
    void registryShowsTheLastEventThatItsPeerHeard() {
        String user = Fresh.user();
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.user(user), topic))) {
            String id = Mercure.publish(hub, "topic", topic, "data", "x");
            stream.next();
            int read = stream.bytes().length;
            Publisher.to(hub).publishNumbers(Fresh.topic(), 1_000);
            Eventually.holds("three heartbeats", () -> stream.bytes().length >= read + 6);
            assertThat(Clients.only(hub, user).path("lastEventId").asText()).isEqualTo(id);
        }
    }
}
