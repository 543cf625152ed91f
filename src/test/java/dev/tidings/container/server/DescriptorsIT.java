package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Raw;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A hub that runs out of descriptors before any stream has ended: when there are some again everything has ended that
 * should have, and new streams open and end as ever. Found when a class was first needed by the first end, could not be
 * loaded, and counted as missing from then on.
 */
class DescriptorsIT {

    private static final int DESCRIPTORS = 300;

    /** More than it has descriptors for, and no more than it and the system let wait: to connect would take long. */
    private static final int CLIENTS = 320;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource
    void streamsAndThenWebSocketsEndWhenThereIsRoomAgain(ContainerKind kind) throws IOException {
        try (Container hub = ContainerSpec.of(kind)
                .descriptors(DESCRIPTORS)
                .set("tidings.heartbeat", "500ms")
                .start()) {
            // Tomcat looks for its users' file each second, and says that it is not there when it cannot be opened.
            hub.expectInLog("Too many open files|MemoryUserDatabase");
            withoutDescriptors(hub, "/events?topic=/a", "");
            withoutDescriptors(
                    hub,
                    "/ws?topic=/a",
                    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
            assertThat(hub.logText()).doesNotContain("NoClassDefFoundError");
        }
    }

    private static void withoutDescriptors(Container hub, String target, String headers) throws IOException {
        int before = hub.logText().length();
        List<RawClient> clients = crowd(hub, Raw.head(hub, "GET", target, headers + Raw.authorized(Tokens.operator())));
        // Tomcat may have freed some again by refusing those that it has none for.
        Eventually.holds(
                "no descriptor was left",
                PATIENCE,
                () -> descriptors(hub) >= DESCRIPTORS - 1
                        || hub.logText().substring(before).contains("Too many open files"));
        clients.forEach(RawClient::reset);

        Eventually.holds("the registry is empty", PATIENCE, () -> registered(hub) == 0);
        assertNewOnesOpenAndEnd(hub);
    }

    private static void assertNewOnesOpenAndEnd(Container hub) {
        try (StreamRecorder stream = Clients.open(hub, "alice", "/b")) {
            Publisher.to(hub).publish("/b", "new");
            assertThat(stream.next().data()).isEqualTo("new");
            assertThat(Clients.end(hub, Clients.idOf(hub, "alice"))).isEqualTo(204);
            stream.awaitEnd();
        }
        Eventually.holds("it has ended", () -> registered(hub) == 0);
    }

    /** Connects as many as can be, and has each ask. */
    private static List<RawClient> crowd(Container hub, String request) {
        var clients = new ArrayList<RawClient>();
        try {
            while (clients.size() < CLIENTS) {
                RawClient client = hub.connect();
                clients.add(client);
                client.send(request);
            }
        } catch (UncheckedIOException refused) {
            // More do not even wait to be let in.
            return clients;
        }
        return clients;
    }

    private static int registered(Container hub) {
        try {
            return Clients.list(hub, "").size();
        } catch (UncheckedIOException | AssertionError unreachable) {
            return -1;
        }
    }

    private static long descriptors(Container hub) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(hub.pid()), "fd"))) {
            return open.count();
        }
    }
}
