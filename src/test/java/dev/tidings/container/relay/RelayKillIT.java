package dev.tidings.container.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Streams;
import dev.tidings.relay.OutboxWriter;
import dev.tidings.testing.Block;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.PostgresServer;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.StreamRecorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub with a log in a file, and the database that it relays from, are killed in turn at random moments while an application
 * commits and rolls back: what was committed arrives once, and what was rolled back never.
 */
class RelayKillIT {

    private static final int ROUNDS = Rounds.of(2, 30);

    @TempDir
    Path folder;

    @Test
    void whatIsCommittedArrivesOnceAlthoughHubAndDatabaseAreKilled() throws Exception {
        var random = new Random(7);
        try (PostgresServer postgres = PostgresServer.start();
                OutboxWriter writer = OutboxWriter.start(postgres, CodeBlock.of("docs/outbox.md", "PostgreSQL"))) {
            ContainerSpec spec = ContainerSpec.of(ContainerKind.JETTY)
                    .set("tidings.log", "file:" + folder.resolve("log"))
                    .relaying(postgres);
            for (int round = 0; round < ROUNDS; round++) {
                try (Container hub = spec.start()) {
                    writer.awaitMore(5 + random.nextInt(50));
                    postgres.kill();
                    postgres.restart();
                    int left = writer.tables().ids().size() + 1;
                    Eventually.holds(
                            "rows are relayed again",
                            () -> writer.tables().ids().size() < left);
                    writer.awaitMore(5 + random.nextInt(50));
                    hub.kill();
                }
                writer.awaitMore(5);
            }
            writer.finish();
            try (Container hub = spec.start()) {
                Eventually.passes(() -> assertThat(writer.tables().ids()).isEmpty());
                writer.assertArrivedOnce(all(hub));
            }
        }
    }

    private static List<String> all(Container hub) {
        var data = new ArrayList<String>();
        try (StreamRecorder stream =
                Streams.open(Streams.request(hub, OutboxWriter.TOPIC).after("earliest"))) {
            for (Block event = stream.next(); !event.data().equals(OutboxWriter.LAST); event = stream.next()) {
                data.add(event.data());
            }
        }
        return data;
    }
}
