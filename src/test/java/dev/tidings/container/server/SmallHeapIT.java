package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Raw;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.Scrape;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A hub that has met a real lack of memory, in whichever of its threads, is as before when there is some again:
 * heartbeats come, tokens end their streams, what is published is delivered.
 */
class SmallHeapIT {

    private static final int HEAP = 64;
    private static final int FIRST_MEBIBYTES = 4;
    private static final int LAST_MEBIBYTES = 48;
    private static final int UNREAD = 60;

    @ParameterizedTest
    @EnumSource
    void hubIsAsBeforeWhenThereIsMemoryAgain(ContainerKind kind) {
        try (Container hub = spec(kind).start()) {
            assertThat(hub.logText()).contains("The heap of").doesNotContain("OutOfMemoryError");

            hub.expectInLog("OutOfMemoryError");
            Answer refused = publishUntilRefused(hub);

            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(hub.logText()).contains("OutOfMemoryError");
            assertIsAsBefore(hub);
            Eventually.holds(
                    "the registry is empty", () -> Clients.list(hub, "").isEmpty());
        }
    }

    /** Each asks for all of history, which is six times as long as JSON as it is in memory, and reads nothing of it. */
    @Test
    void answersThatNobodyReadsTakeNoMemoryOfOthers() {
        var readers = new ArrayList<RawClient>();
        try (Container hub = spec(ContainerKind.JETTY).sendBuffer(16 * 1024).start()) {
            for (int i = 0; i < 4; i++) {
                Publisher.to(hub).publish("/escaped", "\u0001".repeat(200_000));
            }
            String head = Raw.head(
                    hub,
                    "GET",
                    "/events?topic=/escaped&lastEventID=earliest",
                    Raw.authorized(Tokens.operator()) + "Accept: application/json\r\n");
            for (int i = 0; i < UNREAD; i++) {
                readers.add(RawClient.connect(hub.uri(), 8 * 1024).send(head));
            }
            Eventually.passes(() -> assertThat(Scrape.of(hub.uri()).sum("tidings_answers_waiting"))
                    .isEqualTo(UNREAD));
            assertIsAsBefore(hub);
        } finally {
            readers.forEach(RawClient::close);
        }
    }

    private static ContainerSpec spec(ContainerKind kind) {
        return ContainerSpec.of(kind)
                .heap(HEAP)
                .options("-XX:+UseSerialGC")
                .set("tidings.heartbeat", "500ms")
                .set("tidings.history.bytes", "1MiB")
                .set("tidings.limit.event-size", "64MiB");
    }

    private static void assertIsAsBefore(Container hub) {
        Eventually.passes(
                () -> assertThat(Requests.get(hub, "/health/ready").body()).isEqualTo("{\"status\":\"ok\"}\n"));
        try (StreamRecorder stream = Streams.open(hub, "/small");
                SocketClient socket = SocketClient.open(hub, "/ws?topic=/small", Tokens.operator());
                StreamRecorder expiring = hub.stream("/events")
                        .with(Tokens.user("alice").expiring(Duration.ofSeconds(2)))
                        .open()) {
            Block heartbeat = stream.nextBlock();
            assertThat(heartbeat.isIdOnly()).isTrue();
            Publisher.to(hub).publish("/small", "1");
            assertThat(stream.next().data()).isEqualTo("1");
            assertThat(socket.skipTo("event").path("data").asText()).isEqualTo("1");
            assertThat(expiring.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
        }
    }

    /** Each event is larger than the one before, until there is no memory for one, or for sending it. */
    private static Answer publishUntilRefused(Container hub) {
        try (StreamRecorder reader = Streams.open(hub, "/big")) {
            int size = FIRST_MEBIBYTES;
            Answer answer = publish(hub, size);
            while (answer.status() == 201 && size < LAST_MEBIBYTES) {
                size += FIRST_MEBIBYTES;
                answer = publish(hub, size);
            }
            assertThat(reader.bytes().length).as("what its reader was sent").isPositive();
            return answer;
        }
    }

    private static Answer publish(Container hub, int mebibytes) {
        String data = "x".repeat(mebibytes << 20);
        String headers = Raw.authorized(Tokens.operator()) + "Content-Type: text/plain\r\nContent-Length: "
                + data.length() + "\r\n";
        return Raw.send(hub, Raw.head(hub, "POST", "/msg?topic=/big", headers) + data);
    }
}
