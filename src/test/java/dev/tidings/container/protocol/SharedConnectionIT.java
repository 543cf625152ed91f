package dev.tidings.container.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Http2Connection;
import dev.tidings.testing.Http2Stream;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams that share one connection of HTTP/2, as all of one browser do. */
@SecureHub
class SharedConnectionIT {

    /** As many as Tomcat has come; Jetty has 128. */
    private static final int MOST = 100;

    /** So many in a second are more than a person opens. Jetty ends a connection with 64 of them in one. */
    private static final int PAGES = 30;

    private static final int SMALL = 65_535;

    /** With these, a stream that is not read has everything that it is ever allowed before the connection's is used up. */
    private static final int LARGE = 4 * SMALL;

    private static final String PADDING = "x".repeat(32 * 1024);

    private final Container hub;
    private final String topic = Fresh.topic();
    private final String slow = Fresh.topic();
    private final String user = Fresh.user();

    SharedConnectionIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @EnumSource(names = "TLS", mode = EnumSource.Mode.EXCLUDE)
    void hundredStreamsAllGetEveryEventAndAllEndWhenTheyAreTold(Protocol protocol) {
        try (Http2Connection connection = protocol.connect(hub)) {
            List<StreamRecorder> streams = new ArrayList<>();
            for (int number = 0; number < MOST; number++) {
                streams.add(open(connection, topic));
            }
            Publisher.to(hub).publishNumbers(topic, 10);
            for (StreamRecorder stream : streams) {
                assertThat(Streams.data(stream, 10)).startsWith("1", "2").endsWith("10");
            }
            assertThat(Clients.ask(hub, "DELETE", "?user=" + user).status()).isLessThan(300);
            assertThat(streams)
                    .allSatisfy(stream -> assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE));
            try (StreamRecorder next = open(connection, topic)) {
                Publisher.to(hub).publish(topic, "on the same connection");
                assertThat(next.next().data()).isEqualTo("on the same connection");
            }
            assertThat(connection.isRefused()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TLS", mode = EnumSource.Mode.EXCLUDE)
    void streamThatIsNotReadDelaysNoOther(Protocol protocol) {
        try (Http2Connection connection = Http2Connection.to(protocol.uri(hub), SMALL, LARGE)) {
            Http2Stream stalled = request(connection, slow);
            try (StreamRecorder other = open(connection, topic)) {
                fill(other);
                // It is read after all, and has missed nothing.
                try (StreamRecorder late = stalled.record()) {
                    assertNumbered(late);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TLS", mode = EnumSource.Mode.EXCLUDE)
    void streamThatHasUsedUpTheConnectionHoldsUpNoOtherConnectionAndItsOwnOnlyUntilItLeaves(Protocol protocol) {
        try (Http2Connection connection = Http2Connection.to(protocol.uri(hub), LARGE, SMALL);
                Http2Connection elsewhere = protocol.connect(hub);
                StreamRecorder neighbour = open(connection, topic);
                StreamRecorder other = open(elsewhere, topic)) {
            Http2Stream stalled = request(connection, slow);
            fill(other);
            assertThat(neighbour.next().data()).isEqualTo("1");
            stalled.reset();
            assertThat(Streams.data(neighbour, 31)).startsWith("2").endsWith("32");
            Publisher.to(hub).publish(topic, "live");
            assertThat(neighbour.next().data()).isEqualTo("live");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TLS", mode = EnumSource.Mode.EXCLUDE)
    void streamsThatComeAndGoCutNoOther(Protocol protocol) {
        try (Http2Connection connection = protocol.connect(hub);
                StreamRecorder stays = open(connection, topic)) {
            for (int round = 1; round <= PAGES; round++) {
                open(connection, topic).close();
            }
            Publisher.to(hub).publish(topic, "still here");
            assertThat(stays.next().data()).isEqualTo("still here");
            Eventually.passes(() -> assertThat(Clients.of(hub, user)).hasSize(1));
            assertThat(connection.isRefused()).isFalse();
        }
    }

    /** Publishes more for the slow stream than it may have, and sees that the other one gets each of its events meanwhile. */
    private void fill(StreamRecorder other) {
        for (int number = 1; number <= 32; number++) {
            Publisher.to(hub).publish(slow, number + " " + PADDING);
            Publisher.to(hub).publish(topic, Integer.toString(number));
            assertThat(other.next().data()).isEqualTo(Integer.toString(number));
        }
    }

    private static void assertNumbered(StreamRecorder late) {
        for (int number = 1; number <= 32; number++) {
            assertThat(late.next().data()).isEqualTo(number + " " + PADDING);
        }
    }

    private StreamRecorder open(Http2Connection connection, String about) {
        return Protocol.opened(connection.open(Streams.events(about), headers()));
    }

    private Http2Stream request(Http2Connection connection, String about) {
        Http2Stream stream = connection.request("GET", Streams.events(about), headers());
        assertThat(stream.head().status()).isEqualTo(200);
        return stream;
    }

    private Map<String, String> headers() {
        return Map.of("Authorization", Tokens.user(user).bearer());
    }
}
