package dev.tidings.container.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Fresh;
import dev.tidings.container.Raw;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace goes through the hub: whoever publishes names it, and readers of JSON are given it. */
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class TracesIT {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String TOKEN = "Authorization: " + Tokens.operator().bearer();

    private final String topic = Fresh.topic();

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/msg => application/x-www-form-urlencoded => topic=TOPIC&msg=x",
                "/msg => application/json => {\"topic\":\"TOPIC\",\"msg\":\"x\"}",
                "/msg => application/x-ndjson => {\"topic\":\"TOPIC\",\"msg\":\"x\"}",
                "/msg?topic=TOPIC => text/plain => x",
                "/.well-known/mercure => application/x-www-form-urlencoded => topic=TOPIC&data=x",
            })
    void traceOfAPublishReachesReadersOfJson(String target, String type, String body, Container hub) {
        try (StreamRecorder stream = json(hub)) {
            publish(hub, target.replace("TOPIC", topic), type, body.replace("TOPIC", topic), TRACE);
            JsonNode event = Streams.json(stream.next());
            assertThat(event.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly("id", "topics", "type", "data", "time", "traceparent");
            assertThat(event.path("traceparent").asText()).isEqualTo(TRACE);
        }
    }

    @Test
    void everyLineOfManyHasIt(Container hub) {
        String line = "{\"topic\":\"" + topic + "\"}\n";
        try (StreamRecorder stream = json(hub)) {
            publish(hub, "/msg", "application/x-ndjson", line + line, TRACE);
            for (Block event : stream.next(2)) {
                assertThat(Streams.json(event).path("traceparent").asText()).isEqualTo(TRACE);
            }
        }
    }

    @Test
    void addressThatIsTypedMayHaveOneToo(Container hub) {
        try (StreamRecorder stream = json(hub)) {
            String target = "/msg?msg=x&topic=" + topic;
            assertThat(Site.send(hub, "GET", target, TOKEN, "traceparent: " + TRACE)
                            .status())
                    .isEqualTo(201);
            assertThat(Streams.json(stream.next()).path("traceparent").asText()).isEqualTo(TRACE);
        }
    }

    @Test
    void framesOfAWebSocketHaveItBothWays(Container hub) {
        try (StreamRecorder stream = json(hub);
                SocketClient socket = SocketClient.open(hub, "/ws?topic=" + topic, Tokens.operator())) {
            socket.skipTo("welcome");
            String publish = "{\"type\":\"publish\",\"topics\":[\"" + topic + "\"],\"traceparent\":\"%s\"}";
            socket.send(publish.formatted(TRACE));
            assertThat(socket.skipTo("event").path("traceparent").asText()).isEqualTo(TRACE);
            socket.send(publish.formatted("00-malformed"));
            assertThat(socket.skipTo("event").has("traceparent")).isFalse();
            socket.send(publish.replace("\"%s\"", "7"));
            assertThat(socket.skipTo("event").has("traceparent")).isFalse();
            assertThat(Streams.json(stream.next()).path("traceparent").asText()).isEqualTo(TRACE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "x",
                TRACE + "|traceparent: " + TRACE,
            })
    void malformedOneIsIgnored(String trace, Container hub) {
        try (StreamRecorder stream = json(hub)) {
            publish(hub, "/msg?topic=" + topic, "text/plain", "", trace);
            assertThat(Streams.json(stream.next()).has("traceparent")).isFalse();
        }
    }

    @Test
    void replayedEventHasIt(Container hub) {
        String before = published(hub, "/msg?topic=" + topic, "text/plain", "1", "x");
        publish(hub, "/msg?topic=" + topic, "text/plain", "2", TRACE);
        try (StreamRecorder stream = Streams.open(hub.stream(Streams.events(topic) + "&frame=json")
                .with(Tokens.operator())
                .after(before))) {
            assertThat(Streams.json(stream.next()).path("traceparent").asText()).isEqualTo(TRACE);
        }
    }

    @Test
    void streamOfTextIsTheSameWithIt(Container hub) {
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            String id = published(hub, "/msg?topic=" + topic, "text/plain", "x", TRACE);
            assertThat(stream.next().lines()).containsExactly("id: " + id, "data: x");
        }
    }

    /** A publisher that sends again is another step of its trace. */
    @Test
    void repetitionUnderAKeyMayHaveAnother(Container hub) {
        String key = "Idempotency-Key: " + Fresh.id();
        String target = "/msg?msg=x&topic=" + topic;
        Answer first = Site.send(hub, "GET", target, TOKEN, key, "traceparent: " + TRACE);
        Answer second = Site.send(hub, "GET", target, TOKEN, key, "traceparent: " + TRACE.replace("-00f0", "-11f0"));
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).as(second.body()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
    }

    private StreamRecorder json(Container hub) {
        return Streams.open(hub.stream(Streams.events(topic) + "&frame=json").with(Tokens.operator()));
    }

    private static Answer publish(Container hub, String target, String type, String body, String trace) {
        Answer answer = Raw.send(
                hub,
                Raw.head(
                                hub,
                                "POST",
                                target,
                                TOKEN + "\r\nContent-Type: " + type + "\r\ntraceparent: " + trace.replace("|", "\r\n")
                                        + "\r\nContent-Length: " + body.length() + "\r\n")
                        + body);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
        return answer;
    }

    private static String published(Container hub, String target, String type, String body, String trace) {
        return publish(hub, target, type, body, trace).json().path("id").asText();
    }
}
