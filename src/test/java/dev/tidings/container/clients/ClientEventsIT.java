package dev.tidings.container.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StalledReader;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the registry tells of those who come and go. */
@OfTheDoors
@EveryContainer(
        kinds = ContainerKind.TOMCAT_11,
        settings = {"tidings.heartbeat=500ms", "tidings.outbox.bytes=64KiB", "tidings.history.bytes=1MiB"},
        contextPath = "/tidings")
class ClientEventsIT {

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    ClientEventsIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void comingAndGoingAreToldWithTheEntry() {
        try (StreamRecorder following = Clients.follow(hub);
                StreamRecorder stream = Clients.open(hub, user, topic)) {
            JsonNode entry = Clients.only(hub, user);
            String id = entry.path("id").textValue();
            JsonNode came = Clients.next(following, "client.connected", user);
            Clients.end(hub, id);
            JsonNode went = Clients.next(following, "client.disconnected", user);
            stream.awaitEnd();

            assertThat(came).isEqualTo(entry);
            assertThat(went).isEqualTo(((ObjectNode) entry).put("reason", "disconnected"));
        }
    }

    @Test
    void topicIsThePathOfTheClient() {
        String target = Streams.events(Clients.ALL) + "&frame=json";
        try (StreamRecorder following = Streams.open(hub.stream(target).with(Tokens.operator()));
                StreamRecorder stream = Clients.open(hub, user, topic)) {
            JsonNode event;
            do {
                event = Streams.json(following.next());
            } while (!event.path("data").asText().contains(user));
            String path = "/clients/" + Streams.encode(Clients.idOf(hub, user));
            assertThat(event.path("topics").toString()).isEqualTo("[\"" + path + "\"]");
            assertThat(event.path("type").asText()).isEqualTo("client.connected");
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void oneClientCanBeFollowed() {
        try (StreamRecorder stream = Clients.open(hub, user, topic);
                StreamRecorder following = Streams.open(hub, "/clients/" + Streams.encode(Clients.idOf(hub, user)))) {
            Clients.open(hub, Fresh.user(), topic).close();
            Clients.end(hub, Clients.idOf(hub, user));
            stream.awaitEnd();
            assertThat(Streams.json(following.next()).path("user").asText()).isEqualTo(user);
        }
    }

    @Test
    void whoClosesIsClosed() {
        try (StreamRecorder following = Clients.follow(hub)) {
            Clients.open(hub, user, topic).close();
            assertThat(Clients.reason(following, user)).isEqualTo("closed");
        }
    }

    @Test
    void whoseTokenRunsOutIsExpired() {
        StreamRequest shortLived =
                hub.stream(Streams.events(topic)).with(Tokens.user(user).expiring(Duration.ofSeconds(1)));
        try (StreamRecorder following = Clients.follow(hub);
                StreamRecorder stream = Streams.open(shortLived)) {
            stream.awaitEnd();
            assertThat(Clients.reason(following, user)).isEqualTo("expired");
            assertThat(Clients.of(hub, user)).isEmpty();
        }
    }

    @Test
    void whomHistoryHasPassedIsSlow() {
        try (StreamRecorder following = Clients.follow(hub);
                StalledReader slow = hub.stream(Streams.events(topic))
                        .with(Tokens.user(user))
                        .stall(4_096)) {
            Publisher publisher = Publisher.to(hub);
            String padding = "x".repeat(128 * 1024);
            for (int i = 0; i < 80; i++) {
                publisher.publish(topic, padding);
            }
            try (StreamRecorder read = slow.resume()) {
                read.awaitEnd();
                assertThat(Clients.reason(following, user)).isEqualTo("slow");
            }
        }
    }

    @Test
    void everyoneOfThemIsToldOnceAndInOrder() {
        try (StreamRecorder following = Clients.follow(hub)) {
            for (int i = 0; i < 20; i++) {
                try (StreamRecorder stream = Clients.open(hub, user, topic)) {
                    String id = Clients.idOf(hub, user);
                    Clients.end(hub, id);
                    stream.awaitEnd();
                    JsonNode came = next(following);
                    JsonNode went = next(following);
                    assertThat(List.of(came.path("id").asText(), went.path("id").asText()))
                            .containsExactly(id, id);
                    assertThat(came.has("reason")).isFalse();
                    assertThat(went.path("reason").asText()).isEqualTo("disconnected");
                }
            }
        }
    }

    /** What is told next of this user, be it one or the other. */
    private JsonNode next(StreamRecorder following) {
        JsonNode entry;
        do {
            entry = Streams.json(following.next());
        } while (!entry.path("user").asText().equals(user));
        return entry;
    }
}
