package dev.tidings.container.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A container that is asked to end says so to those who are connected by WebSocket: 1001, going away. */
class WebSocketStopIT {

    private static final int SOCKETS = 50;

    @ParameterizedTest
    @MethodSource("dev.tidings.testing.ContainerKind#unlike")
    void clientsOfAContainerThatIsAskedToEndHearThatItGoesAway(ContainerKind kind) {
        try (Container container = ContainerSpec.of(kind).under("/tidings").start()) {
            List<SocketClient> sockets = IntStream.range(0, SOCKETS)
                    .mapToObj(i -> SocketClient.open(container, "/ws?topic=/stop", Tokens.operator()))
                    .toList();
            Publisher.to(container).publish("/stop", "x");
            sockets.forEach(socket -> socket.skipTo("event"));

            container.stop();

            sockets.forEach(socket -> assertThat(socket.awaitClose()).isEqualTo(1001));
            assertThat(container.logText())
                    .doesNotContain("memory leak")
                    .doesNotContain("does not stop")
                    .doesNotContain("Exception");
        }
    }
}
