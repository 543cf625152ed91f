package dev.tidings.container;
import dev.tidings.testing.*;
import java.nio.file.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
class ScratchIT {
    @ParameterizedTest @EnumSource
    void loads(ContainerKind kind) throws Exception {
        Path log = Path.of("/tmp/threads/load-" + kind.name() + ".txt");
        try (Container hub = ContainerSpec.of(kind).options("-Xlog:class+load:file=" + log).set("tidings.heartbeat","500ms").start()) {
            Files.copy(log, Path.of("/tmp/threads/load0-" + kind.name() + ".txt"), StandardCopyOption.REPLACE_EXISTING);
            try (StreamRecorder stream = Clients.open(hub, "alice", "/b"); SocketClient s = SocketClient.open(hub, "/ws?topic=/b", Tokens.operator())) {
                Publisher.to(hub).publish("/b", "new");
                stream.next(); s.skipTo("event");
                Clients.end(hub, Clients.idOf(hub, "alice"));
                stream.awaitEnd();
                Raw.ask(hub, "GET", "/events?topic=/b", "Authorization: Bearer nonsense\r\n");
                Raw.ask(hub, "POST", "/msg", "Authorization: Bearer nonsense\r\nContent-Length: 0\r\n");
                Raw.ask(hub, "GET", "/nope", "");
                Raw.ask(hub, "GET", "/health/ready", "");
            }
            StreamRecorder cut = Clients.open(hub, "alice", "/b");
            cut.cut();
            for (int i = 0; i < 10; i++) { Publisher.to(hub).publish("/b", "new"); Thread.sleep(100); }
            Eventually.holds("gone", () -> Clients.list(hub, "").isEmpty());
        }
    }
}
