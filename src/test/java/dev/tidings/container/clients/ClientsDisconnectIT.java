package dev.tidings.container.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Fresh;
import dev.tidings.container.Raw;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.StalledReader;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An operator ends a client: it is gone when the answer is there, and nobody else is. */
@OfTheDoors
@ConfiguredHub
class ClientsDisconnectIT {

    private final String user = Fresh.user();
    private final Container hub;

    ClientsDisconnectIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void clientIsGoneWhenTheAnswerIsThere() {
        try (StreamRecorder stream = Clients.open(hub, user, "/a")) {
            String id = Clients.idOf(hub, user);
            assertThat(Clients.end(hub, id)).isEqualTo(204);
            assertThat(Clients.of(hub, user)).isEmpty();
            assertThat(Clients.ask(hub, "GET", "/" + id).status()).isEqualTo(404);
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
        }
    }

    @Test
    void clientCanBeEndedOnce() {
        try (StreamRecorder stream = Clients.open(hub, user, "/a")) {
            String id = Clients.idOf(hub, user);
            assertThat(Clients.end(hub, Streams.encode(id))).isEqualTo(204);
            assertThat(Clients.end(hub, id)).isEqualTo(404);
            stream.awaitEnd();
        }
    }

    @Test
    void answerHasNoBody() {
        try (StreamRecorder stream = Clients.open(hub, user, "/a");
                RawClient client = hub.connect()) {
            String request =
                    Raw.head(hub, "DELETE", "/clients/" + Clients.idOf(hub, user), Raw.authorized(Tokens.operator()));
            assertThat(client.send(request).head().status()).isEqualTo(204);
            ResponseHead next = client.send(Raw.head(hub, "GET", "/health", "")).head();
            assertThat(client.text(next)).isEqualTo("{\"status\":\"ok\"}\n");
            stream.awaitEnd();
        }
    }

    @Test
    void whatIsPublishedAfterTheAnswerIsNotDelivered() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = Clients.open(hub, user, topic)) {
            Clients.end(hub, Clients.idOf(hub, user));
            Publisher.to(hub).publish(topic, "too late");
            stream.awaitEnd();
            stream.assertExhausted();
        }
    }

    @Test
    void otherClientsOfTheSameUserStay() {
        String topic = Fresh.topic();
        try (StreamRecorder first = Clients.open(hub, user, topic);
                StreamRecorder second = Clients.open(hub, user, topic)) {
            List<String> ids = Clients.ids(Clients.of(hub, user));
            Clients.end(hub, ids.get(0));
            first.awaitEnd();
            Publisher.to(hub).publish(topic, "x");
            assertThat(second.next().data()).isEqualTo("x");
            assertThat(Clients.idOf(hub, user)).isEqualTo(ids.get(1));
        }
    }

    @Test
    void whoComesBackIsAnotherClientAndHasMissedNothing() {
        String topic = Fresh.topic();
        StreamRecorder stream = Clients.open(hub, user, topic);
        String id = Clients.idOf(hub, user);
        Clients.end(hub, id);
        stream.awaitEnd();
        Publisher.to(hub).publish(topic, "meanwhile");
        try (StreamRecorder again = Streams.open(
                hub.stream(Streams.events(topic)).with(Tokens.user(user)).after(stream.lastEventId()))) {
            assertThat(again.next().data()).isEqualTo("meanwhile");
            assertThat(Clients.idOf(hub, user)).isNotEqualTo(id);
        }
    }

    @Test
    void whoDoesNotReadIsEndedToo() {
        String topic = Fresh.topic();
        try (StalledReader stalled =
                hub.stream(Streams.events(topic)).with(Tokens.user(user)).stall(4_096)) {
            String padding = "x".repeat(512 * 1024);
            for (int i = 0; i < 16; i++) {
                Publisher.to(hub).publish(topic, padding);
            }
            assertThat(Clients.end(hub, Clients.idOf(hub, user))).isEqualTo(204);
            assertThat(Clients.of(hub, user)).isEmpty();
            try (StreamRecorder stream = stalled.resume()) {
                stream.awaitEnd();
            }
        }
    }

    @Test
    void operatorsMayEndTheirOwnClients() {
        String id = Fresh.user();
        Tokens operator = Tokens.grant(id, List.of(Clients.ALL), List.of(Clients.ALL, "/clients"));
        try (StreamRecorder stream = Streams.open(hub.stream("/events").with(operator))) {
            assertThat(Clients.end(hub, Clients.idOf(hub, id))).isEqualTo(204);
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
        }
    }

    /** Of two who end the same client at the same time, the one that hears of its end a moment earlier counts too. */
    @Test
    void clientIsGoneForWhomeverTheAnswerIsThere() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        var streams = new ArrayList<StreamRecorder>();
        try {
            for (int i = 0; i < 120; i++) {
                streams.add(Clients.open(hub, user, "/a"));
            }
            for (String id : Clients.ids(Clients.list(hub, "?limit=1000&user=" + user))) {
                var seenAfter = new ArrayList<Future<Integer>>();
                for (int i = 0; i < 8; i++) {
                    seenAfter.add(threads.submit(() -> {
                        assertThat(Clients.end(hub, id)).isIn(204, 404);
                        return Clients.ask(hub, "GET", "/" + id).status();
                    }));
                }
                for (Future<Integer> seen : seenAfter) {
                    assertThat(seen.get()).isEqualTo(404);
                }
            }
            streams.forEach(stream -> assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE));
        } finally {
            threads.shutdownNow();
            streams.forEach(StreamRecorder::close);
        }
    }
}
