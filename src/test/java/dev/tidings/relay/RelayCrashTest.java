package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The database, or the hub, crashes at each of the calls by which rows are relayed, one after the other: before the call, or after
 * it and before its answer. Each row is published once all the same, in order.
 */
class RelayCrashTest {

    private static final List<String> FIRST = List.of("1", "2", "3");
    private static final List<String> SECOND = List.of("4", "5");
    private static final List<String> ALL = List.of("1", "2", "3", "4", "5", "6");

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void eachRowIsPublishedOnceWheneverItCrashes(boolean afterwards, boolean isHub) throws SQLException {
        int call = 1;
        while (crashesAt(call, afterwards, isHub)) {
            call++;
        }
        assertThat(call).as("so many calls are made for this").isGreaterThan(13);
    }

    /** Whether there was such a call. */
    private static boolean crashesAt(int call, boolean afterwards, boolean isHub) throws SQLException {
        var database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        OutboxTables tables = OutboxTables.make(database, CodeBlock.of("docs/outbox.md", "H2"));
        var crashing = new CrashingSource(database, call, afterwards, isHub);
        try (var node = new RelayNode(RelayNode.memory())) {
            tables.writeAll("/orders", FIRST);
            node.relay(crashing);
            awaitRelayed(tables, crashing, isHub);
            tables.writeAll("/orders", SECOND);
            awaitRelayed(tables, crashing, isHub);
            boolean hasCrashed = crashing.hasCrashed();
            tables.write("/orders", "6");
            awaitRelayed(tables, crashing, isHub);
            if (isHub) {
                // As if the lease of the one that is gone had passed.
                tables.execute("update tidings_outbox_lease set holder = null");
                node.relay(database);
            }
            Eventually.passes(() -> assertThat(tables.ids()).isEmpty());
            assertThat(node.data())
                    .as("it crashes %s call %s", afterwards ? "after" : "before", call)
                    .isEqualTo(ALL);
            return hasCrashed;
        } finally {
            tables.execute("shutdown");
        }
    }

    /** Waits until all is relayed, or nothing will be any more. */
    private static void awaitRelayed(OutboxTables tables, CrashingSource crashing, boolean isHub) {
        Eventually.holds(
                "all is relayed",
                () -> isHub && crashing.hasCrashed() || tables.ids().isEmpty());
    }
}
