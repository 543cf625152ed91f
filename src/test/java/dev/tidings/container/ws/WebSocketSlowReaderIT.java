package dev.tidings.container.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.RawSocket;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A WebSocket whose peer stops reading delays nobody, and misses nothing that history still holds. */
class WebSocketSlowReaderIT {

    private static final int EVENTS = 192;
    private static final String PADDING = "x".repeat(64 * 1024);
    private static final String TARGET = "/ws?topic=/slow";
    private static final int TINY = 4_096;
    private static final String SLOW = "slow";

    @ParameterizedTest
    @MethodSource("dev.tidings.testing.ContainerKind#unlike")
    void readerThatFellBehindGetsEverythingFromHistory(ContainerKind kind) {
        try (Container hub = spec(kind, "64MiB").start();
                RawClient slow = stalled(hub);
                SocketClient other = SocketClient.open(hub, TARGET, Tokens.operator())) {
            other.next("welcome");
            publish(hub);
            for (int number = 1; number <= EVENTS; number++) {
                assertThat(other.next("event").path("data").textValue()).startsWith(number + " ");
            }
            awaitState(hub, "replaying");

            assertThat(next(slow)).contains("\"type\":\"welcome\"");
            for (int number = 1; number <= EVENTS; number++) {
                assertThat(next(slow)).contains("\"data\":\"" + number + " ");
            }
            awaitState(hub, "live");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tidings.testing.ContainerKind#unlike")
    void readerThatHistoryHasPassedIsToldToComeAgain(ContainerKind kind) {
        try (Container hub = spec(kind, "1MiB").start();
                StreamRecorder following = Clients.follow(hub);
                RawClient slow = stalled(hub)) {
            publish(hub);
            assertThat(RawSocket.closeCode(slow)).isEqualTo(1013);
            assertThat(Clients.reason(following, SLOW)).isEqualTo("slow");
            // Found when the writer of such a stream never stopped, and the hub could not either.
            hub.undeploy();
        }
    }

    private static ContainerSpec spec(ContainerKind kind, String history) {
        return ContainerSpec.of(kind).set("tidings.outbox.bytes", "64KiB").set("tidings.history.bytes", history);
    }

    private static RawClient stalled(Container hub) {
        return RawSocket.open(hub, TARGET, Tokens.user(SLOW), RawClient.connect(hub.uri(), TINY));
    }

    /** The next message that is not of a position only, which a quiet peer may be told at any time. */
    private static String next(RawClient slow) {
        String text = RawSocket.nextText(slow);
        return text.contains("\"type\":\"position\"") ? next(slow) : text;
    }

    private static void awaitState(Container hub, String state) {
        Eventually.passes(
                () -> assertThat(Clients.only(hub, SLOW).path("state").asText()).isEqualTo(state));
    }

    private static void publish(Container hub) {
        Publisher publisher = Publisher.to(hub);
        for (int number = 1; number <= EVENTS; number++) {
            publisher.publish("/slow", number + " " + PADDING);
        }
    }
}
