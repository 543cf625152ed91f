package dev.tidings.container.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client relies on is the same over TLS, over HTTP/2, and over HTTP/2 without TLS, on every container. */
@EveryContainer(
        secure = true,
        settings = {"tidings.heartbeat=500ms", "tidings.outbox.bytes=64KiB"})
class ProtocolsIT {

    /** More than one window of a stream, and than one frame. */
    private static final String LARGE = "x".repeat(300_000);

    private final Container hub;
    private final String topic = Fresh.topic();
    private final String user = Fresh.user();

    ProtocolsIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @EnumSource
    void eventsComeAtOnceAndHeartbeatsBetweenThem(Protocol protocol) {
        try (StreamRecorder stream = open(protocol, "")) {
            for (int round = 1; round <= 3; round++) {
                Publisher.to(hub).publish(topic, "event " + round);
                assertThat(stream.next().data()).isEqualTo("event " + round);
                Block heartbeat = stream.nextBlock();
                assertThat(heartbeat.isEvent()).isFalse();
                assertThat(heartbeat.id()).matches(Streams.POSITION);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eventThatIsLargerThanAFrameArrivesWhole(Protocol protocol) {
        try (StreamRecorder stream = open(protocol, "")) {
            Publisher.to(hub).publish(topic, LARGE);
            assertThat(stream.next().data()).isEqualTo(LARGE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamThatWasCutIsResumedWithNeitherHoleNorRepetition(Protocol protocol) {
        String last;
        try (StreamRecorder stream = open(protocol, "")) {
            Publisher.to(hub).publish(topic, "before");
            last = stream.next().id();
            stream.cut();
        }
        Publisher.to(hub).publish(topic, "missed");
        try (StreamRecorder stream = open(protocol, last)) {
            assertThat(stream.next().data()).isEqualTo("missed");
            Publisher.to(hub).publish(topic, "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesIsGoneFromTheRegistry(Protocol protocol) {
        try (StreamRecorder stays = open(protocol, "")) {
            open(protocol, "").close();
            Eventually.passes(() -> assertThat(Clients.of(hub, user)).hasSize(1));
            Publisher.to(hub).publish(topic, "still here");
            assertThat(stays.next().data()).isEqualTo("still here");
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamThatTheHubEndsIsComplete(Protocol protocol) {
        try (StreamRecorder stream = open(protocol, "")) {
            Publisher.to(hub).publish(topic, "last");
            assertThat(stream.next().data()).isEqualTo("last");
            assertThat(Clients.end(hub, Clients.idOf(hub, user))).isEqualTo(204);
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void publisherIsAnsweredAndAStrangerRefusedWithAReason(Protocol protocol) throws IOException, InterruptedException {
        try (StreamRecorder stream = open(protocol, "")) {
            HttpResponse<String> published = post(protocol, Tokens.operator().bearer());
            assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
            assertThat(published.body()).contains(stream.next().id());
        }
        HttpResponse<String> refused = post(protocol, "Bearer nonsense");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).contains("invalid_token");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        if (refused.version() == HttpClient.Version.HTTP_2) {
            assertThat(refused.headers().firstValue("Connection")).isEmpty();
        }
    }

    private HttpResponse<String> post(Protocol protocol, String authorization)
            throws IOException, InterruptedException {
        HttpClient.Version version = protocol == Protocol.TLS ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
        HttpClient http = HttpClient.newBuilder()
                .sslContext(KeyStoreFile.contextOfTheBuild())
                .version(version)
                .build();
        HttpRequest request = HttpRequest.newBuilder(protocol.uri(hub).resolve("/msg"))
                .header("Authorization", authorization)
                .header("Content-Type", Publisher.FORM)
                .timeout(Eventually.LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString("topic=" + Streams.encode(topic) + "&msg=hello"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        // The JDK's client asks for H2C with an upgrade, which nobody has to follow who has a body to read.
        if (protocol != Protocol.H2C) {
            assertThat(answer.version()).isEqualTo(version);
        }
        return answer;
    }

    private StreamRecorder open(Protocol protocol, String lastEventId) {
        return protocol.open(hub, Streams.events(topic), Tokens.user(user), lastEventId);
    }
}
