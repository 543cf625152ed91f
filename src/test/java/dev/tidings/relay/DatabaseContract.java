package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.DatabaseServer;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Rounds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is relayed of a database that many threads write to, and that is killed meanwhile. */
abstract class DatabaseContract {

    private static final int KILLS = Rounds.of(2, 30);

    private final RelayNode node = new RelayNode(RelayNode.memory());
    private DatabaseServer server;
    private OutboxWriter writer;

    /** The server that all facts of a class share. */
    abstract DatabaseServer server();

    /** The block of the documents by which its tables are made. */
    abstract CodeBlock block();

    @BeforeEach
    void begin() throws SQLException {
        server = server();
        writer = OutboxWriter.start(server, block());
    }

    @AfterEach
    void end() throws SQLException {
        writer.close();
        node.close();
        writer.tables().execute("drop table tidings_outbox");
        writer.tables().execute("drop table tidings_outbox_lease");
    }

    @Test
    void whatIsCommittedArrivesOnceAndWhatIsRolledBackNever() throws Exception {
        node.relay(server.source());
        node.relay(server.source());
        writer.awaitMore(200);
        assertAllArriveOnce();
    }

    @Test
    void whatIsCommittedArrivesOnceAlthoughTheDatabaseIsKilled() throws Exception {
        node.relay(server.source());
        var random = new Random(11);
        for (int kill = 0; kill < KILLS; kill++) {
            writer.awaitMore(5 + random.nextInt(100));
            server.kill();
            server.restart();
        }
        assertAllArriveOnce();
    }

    private void assertAllArriveOnce() throws Exception {
        writer.finish();
        Eventually.passes(() -> assertThat(writer.tables().ids()).isEmpty());
        List<String> arrived = new ArrayList<>(node.data());
        assertThat(arrived).endsWith(OutboxWriter.LAST);
        arrived.remove(arrived.size() - 1);
        writer.assertArrivedOnce(arrived);
    }
}
