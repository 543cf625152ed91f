package dev.tidings.container.stream;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The WAR under a path of its own: addresses move below it, and topics do not. */
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        contextPath = "/tidings")
class StreamsUnderContextPathIT {

    private final Container hub;
    private final Publisher publisher;

    StreamsUnderContextPathIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void streamOpensAndDelivers() {
        String topic = Fresh.topic();
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            publisher.publish(topic, "hello");
            assertThat(Streams.text(stream)).startsWith(":\nretry: 2000\nid: urn:uuid:");
            assertThat(stream.next().data()).isEqualTo("hello");
        }
    }

    @Test
    void inboxIsTheTopicItIsEverywhere() {
        String user = Fresh.user();
        try (StreamRecorder stream = Streams.open(hub.stream("/events").with(Tokens.user(user)))) {
            publisher.publish(Map.of("topic", "/users/" + user, "msg", "for her"));
            assertThat(stream.next().data()).isEqualTo("for her");
        }
    }

    @Test
    void streamResumes() {
        String topic = Fresh.topic();
        List<String> ids = publisher.publishNumbers(topic, 2);
        try (StreamRecorder stream = Streams.open(Streams.request(hub, topic).after(ids.get(0)))) {
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    @Test
    void refusalIsAProblem() {
        Answer answer = assertProblem(Requests.get(hub, "/events"), 401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void unknownPathIsAProblem() {
        assertProblem(Requests.get(hub, "/nope"), 404);
    }

    @Test
    void healthIsAnswered() {
        assertThat(Requests.get(hub, "/health/ready").body()).isEqualTo("{\"status\":\"ok\"}\n");
    }

    @Test
    void homePageShowsItsOwnAddress() {
        Answer home = Requests.get(hub, "/", "Accept: text/html");
        assertThat(home.status()).isEqualTo(200);
        assertThat(home.body()).contains(hub.uri() + "/events", hub.uri() + "/msg");
    }

    @Test
    void pathWithoutItsSlashLeadsToTheHomePage() {
        Answer answer = Requests.get(hub, "");
        assertThat(answer.status()).isBetween(301, 308);
        assertThat(answer.header("Location")).endsWith("/tidings/");
    }
}
