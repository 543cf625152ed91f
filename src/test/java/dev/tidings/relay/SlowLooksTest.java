package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.ManualClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes at a database that takes longer than the lease for each look at its rows. */
class SlowLooksTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final JdbcDataSource database = new JdbcDataSource();
    private OutboxTables tables;
    private RelayByHand one;
    private RelayByHand other;
    private boolean looking;

    @BeforeEach
    void makeTables() throws SQLException {
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        tables = OutboxTables.make(database, CodeBlock.of("docs/outbox.md", "H2"));
    }

    @AfterEach
    void close() throws SQLException {
        for (RelayByHand relay : new RelayByHand[] {one, other}) {
            if (relay != null) {
                relay.close();
            }
        }
        tables.execute("shutdown");
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 9})
    void rowsArePublishedAlthoughEachLookTakesLongerThanTheLease(int seconds) throws SQLException {
        var slow = new WatchedSource(database) {
            @Override
            void before(Connection connection, String sql) throws SQLException {
                if (sql.startsWith("select id, ") && !looking) {
                    looking = true;
                    takeTime(seconds);
                    looking = false;
                }
            }
        };
        try (var node = new RelayNode(RelayNode.memory())) {
            one = new RelayByHand(node, slow, clock);
            other = new RelayByHand(node, slow, clock);
            tables.writeAll("/orders", List.of("1", "2"));
            for (int turn = 0; turn < 30 && !tables.ids().isEmpty(); turn++) {
                one.look();
                one.goOn();
                other.look();
                other.goOn();
            }
            assertThat(tables.ids()).as("rows that wait for ever").isEmpty();
            assertThat(node.data()).containsExactly("1", "2");
        }
    }

    /** Meanwhile another has taken over, and an operator has mended the row. */
    @Test
    void nodeThatHasLostItsLeaseSetsNoRowAside() throws SQLException {
        var slow = new WatchedSource(database) {
            @Override
            void before(Connection connection, String sql) throws SQLException {
                if (sql.startsWith("update tidings_outbox set")) {
                    other.takeOver();
                    other.goOn();
                    tables.execute(
                            "update tidings_outbox set topics = '/orders', error = null where error is not null");
                }
            }
        };
        try (var node = new RelayNode(RelayNode.memory())) {
            one = new RelayByHand(node, slow, clock);
            other = new RelayByHand(node, database, clock);
            tables.write(" ", "1");
            one.look();
            one.goOn();
            assertThat(tables.column("select error from tidings_outbox")).containsExactly((String) null);
            assertThat(one.isRelaying()).as("it knows now").isFalse();
            other.goOn();
            other.goOn();
            assertThat(node.data()).containsExactly("1");
        }
    }

    /** Each has a reason of its own, and so is a statement of its own. */
    @Test
    void leaseIsKeptWhileManyRowsAreSetAside() throws SQLException {
        var slow = new WatchedSource(database) {
            @Override
            void before(Connection connection, String sql) throws SQLException {
                if (sql.startsWith("update tidings_outbox set")) {
                    takeTime(2);
                }
            }
        };
        try (var node = new RelayNode(RelayNode.memory())) {
            one = new RelayByHand(node, slow, clock);
            other = new RelayByHand(node, database, clock);
            one.look();
            other.look();
            try (Connection connection = tables.begin()) {
                for (int row = 0; row < 10; row++) {
                    OutboxTables.write(connection, null, "/hub/" + row, "bad");
                }
                OutboxTables.write(connection, null, "/orders", "behind");
                connection.commit();
            }
            one.goOn();
            assertThat(other.isRelaying()).isFalse();
            one.goOn();
            assertThat(node.data()).containsExactly("behind");
            assertThat(tables.column("select error from tidings_outbox"))
                    .hasSize(10)
                    .doesNotContainNull();
        }
    }

    /** Each node looks at the lease once a second meanwhile, unless it is busy. */
    private void takeTime(int seconds) throws SQLException {
        for (int second = 0; second < seconds; second++) {
            clock.advance(SECOND);
            one.look();
            other.look();
        }
    }
}
