package dev.tidings.container.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the registry tells is private, goes to whoever follows at the time, and is never kept. */
@EveryContainer(
        kinds = ContainerKind.TOMCAT_11,
        settings = {"tidings.heartbeat=500ms", "tidings.outbox.bytes=64KiB", "tidings.history.bytes=1MiB"},
        contextPath = "/tidings")
class ClientEventsPassIT {

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    ClientEventsPassIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void nobodyIsToldWithoutTheGrant() {
        String other = Fresh.user();
        List<String> grant = List.of("/clients", "/users/{id}", Clients.ALL + "/x");
        StreamRequest request =
                hub.stream(Streams.events(Clients.ALL, topic)).with(Tokens.grant(other, List.of(), grant));
        try (StreamRecorder stream = Streams.open(request)) {
            Clients.open(hub, user, topic).close();
            Publisher.to(hub).publish(topic, "marker");
            assertThat(stream.next().data()).isEqualTo("marker");
        }
    }

    /** Found when a grant of everything heard of users and addresses, though it may not read the registry. */
    @Test
    void nobodyIsToldByAGrantThatDoesNotNameThem() {
        List<String> grant = List.of("*", "/{a}/{b}", "/{+any}", "{/a,b}");
        StreamRequest request =
                hub.stream(Streams.events("*", Clients.ALL, topic)).with(Tokens.grant(Fresh.user(), List.of(), grant));
        try (StreamRecorder stream = Streams.open(request);
                StreamRecorder operator = Clients.follow(hub)) {
            Clients.open(hub, user, topic).close();
            Clients.reason(operator, user);
            Publisher.to(hub).publish(topic, "marker");
            assertThat(stream.next().data()).isEqualTo("marker");
        }
    }

    @Test
    void grantAndSelectorNameAClientByItsIdEitherWay() {
        try (StreamRecorder stream = Clients.open(hub, user, topic)) {
            String id = Clients.idOf(hub, user);
            String plain = "/clients/" + id;
            String encoded = "/clients/" + Streams.encode(id);
            StreamRequest first = hub.stream(Streams.events(plain) + "&frame=json")
                    .with(Tokens.grant(Fresh.user(), List.of(), List.of(encoded)));
            StreamRequest second = hub.stream(Streams.events(encoded) + "&frame=json")
                    .with(Tokens.grant(Fresh.user(), List.of(), List.of(plain)));
            try (StreamRecorder one = Streams.open(first);
                    StreamRecorder other = Streams.open(second)) {
                Clients.end(hub, id);
                stream.awaitEnd();
                assertThat(Streams.json(one.next()).path("type").asText()).isEqualTo("client.disconnected");
                assertThat(Streams.json(other.next()).path("type").asText()).isEqualTo("client.disconnected");
            }
        }
    }

    @Test
    void theyBearThePositionOfTheLogsEnd() {
        String end = Publisher.to(hub).publish(topic, "x");
        try (StreamRecorder following = Clients.follow(hub);
                StreamRecorder stream = Clients.open(hub, user, topic)) {
            Block came;
            do {
                came = following.next();
                assertThat(came.id()).isEqualTo(end);
            } while (!came.data().contains(user));
            assertThat(stream.lastEventId()).isEqualTo(end);
        }
    }

    @Test
    void theyAreNotKept() {
        String before = Publisher.to(hub).publish(topic, "before");
        try (StreamRecorder following = Clients.follow(hub)) {
            Clients.open(hub, user, topic).close();
            Clients.reason(following, user);
        }
        Publisher.to(hub).publish(topic, "after");
        for (String from : List.of("earliest", before)) {
            try (StreamRecorder resumed =
                    Streams.open(Streams.request(hub, Clients.ALL, topic).after(from))) {
                Block event;
                do {
                    event = resumed.next();
                    assertThat(event.data()).doesNotContain(user);
                } while (!event.data().equals("after"));
            }
        }
    }

    @Test
    void theyPushNobodysEventsOutOfHistory() {
        String id = Publisher.to(hub).publish(topic, "x".repeat(64 * 1024));
        String padding = "&padding=" + "x".repeat(4_000);
        try (StreamRecorder following = Clients.follow(hub)) {
            for (int i = 0; i < 200; i++) {
                hub.stream(Streams.events(topic) + padding)
                        .with(Tokens.user(user))
                        .agent("x".repeat(256))
                        .open()
                        .close();
            }
            Clients.reason(following, user);
        }
        Eventually.passes(() -> assertThat(Clients.of(hub, user)).isEmpty());
        try (StreamRecorder resumed = Streams.open(Streams.request(hub, topic).after("earliest"))) {
            assertThat(resumed.next().id()).isEqualTo(id);
        }
    }
}
