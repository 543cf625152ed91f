package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.DatabaseServer;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Rounds;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is relayed of a database that many threads write to, and that is killed meanwhile. */
abstract class DatabaseContract {

    private static final int THREADS = 4;
    private static final int TRANSACTIONS = 50;
    private static final int KILLS = Rounds.of(2, 30);

    private DatabaseServer server;
    private OutboxTables tables;
    private final RelayNode node = new RelayNode(RelayNode.memory());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What was committed, and what may have been: its commit was not answered. */
    private final Set<String> committed = ConcurrentHashMap.newKeySet();

    private final Set<String> perhaps = ConcurrentHashMap.newKeySet();

    /** The server that all facts of a class share. */
    abstract DatabaseServer server();

    /** What stands above its tables in the documents. */
    abstract String heading();

    OutboxTables tables() {
        return tables;
    }

    ExecutorService threads() {
        return threads;
    }

    @BeforeEach
    void make() throws SQLException {
        server = server();
        tables = OutboxTables.make(server.source(), heading());
    }

    @AfterEach
    void drop() throws SQLException {
        threads.shutdownNow();
        node.close();
        tables.execute("drop table tidings_outbox");
        tables.execute("drop table tidings_outbox_lease");
    }

    @Test
    void whatIsCommittedArrivesOnceAndWhatIsRolledBackNever() throws Exception {
        node.relay(server.source());
        node.relay(server.source());
        var writers = new ArrayList<Future<?>>();
        for (int t = 0; t < THREADS; t++) {
            String name = "writer-" + t + "-";
            writers.add(threads.submit(() -> {
                var random = new Random(name.hashCode());
                for (int n = 0; n < TRANSACTIONS; n++) {
                    transaction(name + n + "-", random);
                }
                return null;
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        tables.write("/orders", "last");
        committed.add("last");
        Eventually.passes(() -> assertThat(tables.ids()).isEmpty());
        assertThat(perhaps).isEmpty();
        assertThat(node.data()).containsExactlyInAnyOrderElementsOf(committed);
        assertRowsOfATransactionAreInOrder();
    }

    @Test
    void whatIsCommittedArrivesOnceAlthoughTheDatabaseIsKilled() throws Exception {
        node.relay(server.source());
        var random = new Random(11);
        var running = new AtomicInteger(1);
        Future<?> writer = threads.submit(() -> {
            for (int n = 0; running.get() > 0; n++) {
                try {
                    transaction(n + "-", random);
                } catch (SQLException away) {
                    Thread.yield();
                }
            }
        });
        for (int kill = 0; kill < KILLS; kill++) {
            int enough = committed.size() + 5 + random.nextInt(40);
            Eventually.holds("so many are committed", () -> committed.size() >= enough);
            server.kill();
            server.restart();
        }
        running.set(0);
        writer.get();
        tables.write("/orders", "last");
        committed.add("last");
        Eventually.passes(() -> assertThat(tables.ids()).isEmpty());
        List<String> arrived = node.data();
        assertThat(arrived).doesNotHaveDuplicates().containsAll(committed);
        var more = new HashSet<>(arrived);
        more.removeAll(committed);
        assertThat(perhaps).as("nothing that was rolled back").containsAll(more);
        assertRowsOfATransactionAreInOrder();
    }

    /** Some rows, which are committed or not. */
    private void transaction(String name, Random random) throws SQLException {
        var rows = new ArrayList<String>();
        for (int n = 0; n <= random.nextInt(3); n++) {
            rows.add(name + n);
        }
        boolean isCommitted = random.nextInt(3) > 0;
        try (Connection connection = tables.begin()) {
            for (String row : rows) {
                OutboxTables.write(connection, null, "/orders", row);
            }
            if (isCommitted) {
                perhaps.addAll(rows);
                connection.commit();
                rows.forEach(perhaps::remove);
                committed.addAll(rows);
            } else {
                connection.rollback();
            }
        }
    }

    private void assertRowsOfATransactionAreInOrder() {
        List<String> arrived = node.data();
        var before = new ArrayList<String>();
        for (String each : arrived) {
            int end = each.lastIndexOf('-');
            if (end > 0 && !each.endsWith("-0")) {
                int number = Integer.parseInt(each.substring(end + 1));
                assertThat(before).contains(each.substring(0, end + 1) + (number - 1));
            }
            before.add(each);
        }
        assertThat(Collections.frequency(arrived, "last")).isOne();
    }
}
