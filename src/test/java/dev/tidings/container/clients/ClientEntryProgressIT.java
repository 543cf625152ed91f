package dev.tidings.container.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StalledReader;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the entry of a client follows what it is sent. */
@ConfiguredHub
class ClientEntryProgressIT {

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    ClientEntryProgressIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void deliveredAndLastEventIdFollowTheEvents() {
        try (StreamRecorder stream = open(request())) {
            List<String> ids = Publisher.to(hub).publishNumbers(topic, 3);
            stream.next(3);
            JsonNode entry = Clients.only(hub, user);
            assertThat(entry.path("delivered").longValue()).isEqualTo(3);
            assertThat(entry.path("lastEventId").textValue()).isEqualTo(ids.get(2));
        }
    }

    @Test
    void lastEventIdIsAPositionAlsoWhereAPublisherGaveTheId() {
        String id = Fresh.id();
        try (StreamRecorder stream = open(request())) {
            Publisher.to(hub).publish(Map.of("topic", topic, "msg", "x", "id", id));
            assertThat(stream.next().id()).isEqualTo(id);
            assertThat(Clients.only(hub, user).path("lastEventId").textValue()).matches(Streams.POSITION);
        }
    }

    @Test
    void lastEventIdIsAPositionAlsoOfWhoResumesFromThatId() {
        String id = Fresh.id();
        Publisher.to(hub).publish(Map.of("topic", topic, "msg", "x", "id", id));
        try (StreamRecorder resumed = open(request().after(id))) {
            assertThat(resumed.lastEventId()).isEqualTo(id);
            assertThat(Clients.only(hub, user).path("lastEventId").textValue()).matches(Streams.POSITION);
        }
    }

    @Test
    void lastEventIdFollowsTheHeartbeats() {
        try (StreamRecorder stream = open(request())) {
            String id = Publisher.to(hub).publish(topic + "/another", "x");
            Eventually.passes(
                    () -> assertThat(Clients.only(hub, user).path("lastEventId").textValue())
                            .isEqualTo(id));
            // It may have been told of an earlier one before.
            Eventually.passes(() -> assertThat(stream.nextBlock().id()).isEqualTo(id));
        }
    }

    @Test
    void whoDoesNotReadIsReplayingUntilItDoes() {
        try (StalledReader stalled = request().stall(4_096)) {
            Publisher publisher = Publisher.to(hub);
            String padding = "x".repeat(256 * 1024);
            Eventually.passes(() -> {
                publisher.publish(topic, padding);
                JsonNode entry = Clients.only(hub, user);
                assertThat(entry.path("state").textValue()).isEqualTo("replaying");
                assertThat(entry.path("behind").longValue()).isPositive();
            });
            try (StreamRecorder stream = stalled.resume()) {
                assertThat(stream.next().data()).hasSize(padding.length());
                Eventually.passes(() -> {
                    JsonNode entry = Clients.only(hub, user);
                    assertThat(entry.path("state").textValue()).isEqualTo("live");
                    assertThat(entry.path("queued").intValue()).isZero();
                    assertThat(entry.path("behind").longValue()).isZero();
                });
            }
        }
    }

    private StreamRequest request() {
        return hub.stream(Streams.events(topic)).with(Tokens.user(user));
    }

    private static StreamRecorder open(StreamRequest request) {
        return Streams.open(request);
    }
}
