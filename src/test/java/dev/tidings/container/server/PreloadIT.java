package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Raw;
import dev.tidings.container.Requests;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the hub needs is loaded when it starts: neither the first stream nor the first end, the first refusal or the first
 * token of a kind makes a container open a file of the WAR.
 */
class PreloadIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("dev.tidings.testing.ContainerKind#unlike")
    void nothingOfTheWarIsLoadedLater(ContainerKind kind) throws IOException {
        Path loads = directory.resolve("loads");
        try (Container hub = ContainerSpec.of(kind)
                .options("-Xlog:class+load:file=" + loads + ":uptime:filecount=0")
                .set("tidings.heartbeat", "200ms")
                .start()) {
            // Whatever the container loads after it has said that it is up.
            assertThat(Requests.get(hub, "/health").status()).isEqualTo(200);
            int before = lines(loads).size();

            liveAndDie(hub);
            refusals(hub);

            List<String> loaded = lines(loads);
            assertThat(loaded).hasSizeGreaterThan(before);
            assertThat(loaded.subList(before, loaded.size()))
                    .filteredOn(PreloadIT::isOurs)
                    .isEmpty();
        }
    }

    private static void liveAndDie(Container hub) {
        try (StreamRecorder stream = Clients.open(hub, "alice", "/b");
                StreamRecorder cut = Clients.open(hub, "bob", "/b");
                SocketClient socket = SocketClient.open(hub, "/ws?topic=/b", Tokens.operator())) {
            Publisher.to(hub).publish("/b", "1");
            assertThat(stream.next().data()).isEqualTo("1");
            socket.skipTo("event");
            cut.cut();
            assertThat(Clients.end(hub, Clients.idOf(hub, "alice"))).isEqualTo(204);
            stream.awaitEnd();
            Eventually.holds(
                    "the one that was cut has left",
                    () -> Clients.of(hub, "bob").isEmpty());
        }
        try (StreamRecorder expiring = hub.stream("/events")
                .with(Tokens.user("alice").expiring(Duration.ofSeconds(1)))
                .open()) {
            expiring.awaitEnd();
        }
    }

    private static void refusals(Container hub) {
        for (String token : List.of(
                "nonsense", Tokens.user("alice").expiring(Duration.ofHours(-1)).jwt())) {
            String header = "Authorization: Bearer " + token + "\r\n";
            assertThat(Raw.ask(hub, "GET", "/events?topic=/b", header).status()).isEqualTo(401);
        }
        assertThat(Raw.ask(hub, "GET", "/nope", "Accept: text/html\r\n").status())
                .isEqualTo(404);
        String body = "{\"msg\":01}";
        String headers = Raw.authorized(Tokens.operator()) + "Content-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n";
        assertThat(Raw.send(hub, Raw.head(hub, "POST", "/msg", headers) + body).status())
                .isEqualTo(400);
    }

    /** A class of a file of the WAR, and not one that the JDK makes of such a class. */
    private static boolean isOurs(String line) {
        return List.of("dev.tidings.", "com.fasterxml.", "com.auth0.", "org.h2.").stream()
                        .anyMatch(line::contains)
                && !line.contains("$$Lambda$")
                && !line.contains("__JVM_");
    }

    private static List<String> lines(Path loads) throws IOException {
        return Files.readAllLines(loads);
    }
}
