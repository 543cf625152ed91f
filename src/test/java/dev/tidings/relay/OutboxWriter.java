package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.DatabaseServer;
import dev.tidings.testing.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * An application whose threads commit and roll back transactions, each with a few rows, until it is told to finish. Its database
 * may be killed meanwhile.
 *
 * <p><b>Threads.</b> One.
 */
public final class OutboxWriter implements AutoCloseable {

    public static final String TOPIC = "/orders";

    /** The data of the last row. */
    public static final String LAST = "last";

    private static final int THREADS = 3;
    private static final long PAUSE_NANOS = 2_000_000;

    private final OutboxTables tables;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Future<?>> writers = new ArrayList<>();
    private volatile boolean finishing;

    /** What was committed, and what may have been: its commit was not answered. */
    private final Set<String> committed = ConcurrentHashMap.newKeySet();

    private final Set<String> perhaps = ConcurrentHashMap.newKeySet();

    private OutboxWriter(OutboxTables tables) {
        this.tables = tables;
    }

    /** Makes the tables by this block of the documents, and begins to write. */
    public static OutboxWriter start(DatabaseServer server, CodeBlock block) throws SQLException {
        var writer = new OutboxWriter(OutboxTables.make(server.source(), block));
        for (int t = 0; t < THREADS; t++) {
            String name = "writer-" + t + "-";
            writer.writers.add(writer.threads.submit(() -> writer.write(name)));
        }
        return writer;
    }

    /** The tables that it writes to. */
    public OutboxTables tables() {
        return tables;
    }

    /** Waits until so many rows more are committed. */
    public void awaitMore(int rows) {
        int enough = committed.size() + rows;
        Eventually.holds("so many are committed", () -> committed.size() >= enough);
    }

    /** Ends all transactions, and writes the last row. */
    public void finish() throws Exception {
        finishing = true;
        for (Future<?> writer : writers) {
            writer.get();
        }
        tables.write(TOPIC, LAST);
    }

    /**
     * Sees that this is what was committed, each row once, and those of a transaction in order.
     *
     * @param arrived all data but that of the last row
     */
    public void assertArrivedOnce(List<String> arrived) {
        var all = new HashSet<>(arrived);
        assertThat(arrived).as("rows that arrived, each once").hasSameSizeAs(all);
        // Not by assertions on a hundred thousand rows, which look through all for each.
        assertThat(without(committed, all)).as("what was lost").isEmpty();
        assertThat(without(without(all, committed), perhaps))
                .as("what was rolled back")
                .isEmpty();
        var before = new HashSet<String>();
        for (String row : arrived) {
            int end = row.lastIndexOf('-') + 1;
            int number = Integer.parseInt(row.substring(end));
            if (number > 0 && !before.contains(row.substring(0, end) + (number - 1))) {
                throw new AssertionError(row + " came before another row of its transaction");
            }
            before.add(row);
        }
    }

    private static Set<String> without(Set<String> all, Set<String> others) {
        var rest = new HashSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    private void write(String name) {
        var random = new Random(name.hashCode());
        for (int n = 0; !finishing; n++) {
            try {
                transaction(name + n + "-", random);
            } catch (SQLException away) {
                LockSupport.parkNanos(10 * PAUSE_NANOS);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void transaction(String name, Random random) throws SQLException {
        var rows = new ArrayList<String>();
        int count = 1 + random.nextInt(3);
        for (int n = 0; n < count; n++) {
            rows.add(name + n);
        }
        boolean isCommitted = random.nextInt(3) > 0;
        try (Connection connection = tables.begin()) {
            for (String row : rows) {
                OutboxTables.write(connection, null, TOPIC, row);
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

    @Override
    public void close() {
        finishing = true;
        threads.shutdownNow();
    }
}
