package dev.tidings.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.testing.Block;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What time does to a stream: heartbeats, and the end of its token. */
class StreamTimesTest {

    private final StreamingHub hub = new StreamingHub();

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void idleStreamIsSentTheFreshestPosition() {
        try (StreamRecorder stream = open("/events?topic=/quiet")) {
            Event elsewhere = hub.publish("/busy", "1");
            letIdle(stream);
            Block heartbeat = stream.nextBlock();
            assertThat(heartbeat.isIdOnly()).isTrue();
            assertThat(heartbeat.comments()).containsExactly("");
            assertThat(heartbeat.id()).isEqualTo(elsewhere.id());
        }
    }

    @Test
    void eventsThatOverrunHistoryAreAHeartbeatAtAnyTime() {
        try (StreamRecorder stream = open("/events?topic=/quiet")) {
            for (int i = 0; i < 1_000; i++) {
                hub.publish("/busy", "x");
            }
            assertThat(stream.nextBlock().isIdOnly()).isTrue();
            hub.publish("/quiet", "mine");
            assertThat(stream.next().data()).isEqualTo("mine");
        }
    }

    @Test
    void tokenThatEndsWithinThirtySecondsIsSaidAtOnce() {
        try (StreamRecorder stream =
                hub.expiring("alice", Duration.ofSeconds(20)).open()) {
            Block expiring = stream.next();
            assertThat(expiring.type()).isEqualTo("expiring");
            assertThat(expiring.id()).isNull();
            assertThat(expiring.data())
                    .isEqualTo("{\"expires\":\""
                            + hub.clock.instant().plusSeconds(20).toString().replaceAll("\\.\\d+", "") + "\"}");
        }
    }

    @Test
    void streamIsToldThirtySecondsBeforeItsTokenEndsAndThenEnds() {
        try (StreamRecorder stream =
                hub.expiring("alice", Duration.ofMinutes(2)).open()) {
            hub.clock.advance(Duration.ofSeconds(95));
            assertThat(stream.next().type()).isEqualTo("expiring");
            hub.clock.advance(Duration.ofSeconds(26));
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            Eventually.holds("nobody is subscribed", () -> hub.subscribers() == 0);
        }
    }

    @Test
    void streamOpenedWithinTheLeewayLivesToItsEnd() {
        Instant expired = hub.clock.instant().minusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        Instant end = expired.plusSeconds(5);
        StreamRequest request = hub.stream("/events").with(Tokens.user("alice").expiring(expired));
        try (StreamRecorder stream = request.open()) {
            assertThat(stream.next().data()).isEqualTo("{\"expires\":\"" + end + "\"}");
            hub.clock.advance(Duration.between(hub.clock.instant(), end.minusMillis(1)));
            hub.publish("/users/alice", "still open");
            assertThat(stream.next().data()).isEqualTo("still open");
            hub.clock.advance(Duration.ofMillis(1));
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
        }
        try (StreamRecorder refused = request.open()) {
            assertThat(refused.status()).isEqualTo(401);
        }
    }

    @Test
    void streamOpenedBeforeItsTokenExpiresEndsThen() {
        Instant expires = hub.clock.instant().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        StreamRequest request = hub.stream("/events").with(Tokens.user("alice").expiring(expires));
        try (StreamRecorder stream = request.open()) {
            assertThat(stream.next().data()).isEqualTo("{\"expires\":\"" + expires + "\"}");
            hub.clock.advance(Duration.between(hub.clock.instant(), expires));
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
        }
    }

    @Test
    void streamWithoutATokenDoesNotEnd() {
        try (StreamRecorder stream = open("/events?topic=/a")) {
            hub.clock.advance(Duration.ofDays(10));
            letIdle(stream);
            assertThat(stream.nextBlock().isIdOnly()).isTrue();
            hub.publish("/a", "still here");
            assertThat(stream.next().data()).isEqualTo("still here");
        }
    }

    /** Lets time go by until a heartbeat has come. How often is the timer's: what it finds written counts from then. */
    private void letIdle(StreamRecorder stream) {
        Eventually.holds("a heartbeat", () -> {
            hub.clock.advance(StreamingHub.HEARTBEAT);
            return new String(stream.bytes(), StandardCharsets.UTF_8).contains(":\nid: ");
        });
    }

    /** Opens a stream and takes its opening. */
    private StreamRecorder open(String target) {
        StreamRecorder stream = hub.stream(target).open();
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.nextBlock().retry()).isEqualTo(2_000);
        return stream;
    }
}
