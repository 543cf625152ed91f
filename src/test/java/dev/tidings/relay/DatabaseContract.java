package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.DatabaseServer;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Rounds;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is relayed of a database that many threads write to, and that is killed meanwhile. */
abstract class DatabaseContract {

    private static final int KILLS = Rounds.of(2, 30);

    private static final Duration HANGING = Duration.ofSeconds(60);

    private final RelayNode node = new RelayNode(RelayNode.memory());
    private DatabaseServer server;
    private OutboxWriter writer;

    /** A hub whose relays end with the fact. */
    final RelayNode node() {
        return node;
    }

    /** The application. */
    final OutboxWriter writer() {
        return writer;
    }

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

    /** Those that the documents have an administrator grant. */
    @Test
    void documentedRightsAreEnough() throws Exception {
        writer.finish();
        for (String user : List.of("shop", "hub")) {
            writer.tables().execute("create user " + user);
        }
        try {
            for (String grant :
                    CodeBlock.of("docs/outbox.md", "The table").code().split(";", -1)) {
                if (!grant.isBlank()) {
                    writer.tables().execute(grant);
                }
            }
            node.relay(server.source("hub", ""));
            try (Connection application = server.source("shop", "").getConnection()) {
                OutboxTables.write(application, null, "/hub/nodes", "forged");
                OutboxTables.write(application, null, "/orders", "behind");
            }
            Eventually.passes(() -> assertThat(writer.tables().column("select error from tidings_outbox"))
                    .singleElement()
                    .asString()
                    .contains("is the hub's own"));
            assertThat(node.data()).endsWith("behind");
            node.endRelays();
        } finally {
            for (String statement : leave()) {
                writer.tables().execute(statement);
            }
        }
    }

    /** In the words of all databases. */
    @Test
    void documentedRowHasTwoTopics() throws Exception {
        writer.finish();
        writer.tables().execute("create table orders (id integer, state varchar(9))");
        try {
            writer.tables().execute("insert into orders values (1001, 'new')");
            try (Connection application = writer.tables().begin();
                    Statement statement = application.createStatement()) {
                for (String each :
                        CodeBlock.of("docs/outbox.md", "A row").code().split(";", -1)) {
                    if (!each.isBlank()) {
                        assertThat(statement.executeUpdate(each)).isEqualTo(1);
                    }
                }
                application.commit();
            }
            node.relay(server.source());
            Eventually.passes(() -> assertThat(node.events())
                    .last()
                    .satisfies(event -> assertThat(event.topics()).containsExactly("/orders/1001", "/users/alice")));
        } finally {
            writer.tables().execute("drop table orders");
        }
    }

    /** Takes the users shop and hub away, who have rights. */
    abstract List<String> leave();

    @Test
    void rowsAreReadUpToSoMuchText() throws Exception {
        writer.finish();
        writer.tables().execute("delete from tidings_outbox");
        for (int row = 0; row < 3; row++) {
            writer.tables().write("/orders", "x".repeat(600));
        }
        try (OutboxSession session =
                OutboxSession.open(new DatabaseConnection(server.source()), "tidings_outbox", 1000)) {
            assertThat(session.table().waiting(10, 1_300)).hasSize(2);
            assertThat(session.table().waiting(10, 100)).as("one at least").hasSize(1);
            assertThat(session.table().waiting(10, 10_000)).hasSize(3);
            assertThat(session.table().waiting(2, 10_000)).hasSize(2);
        }
    }

    /** Nor are they waited for when many others are deleted. */
    @Test
    void manyBadRowsAreSetAsideAlthoughOthersAreNotCommitted() throws Exception {
        writer.finish();
        try (Connection open = writer.tables().begin()) {
            OutboxTables.write(open, null, "/orders", "not yet");
            try (Connection connection = writer.tables().begin()) {
                for (int row = 0; row < 700; row++) {
                    OutboxTables.write(connection, null, " ", "bad");
                }
                OutboxTables.write(connection, null, "/orders", "good");
                connection.commit();
            }
            Relay relay = node.relay(server.source());
            Eventually.passes(() -> assertThat(relay.figures().setAside()).isEqualTo(700));
            Eventually.passes(() -> assertThat(node.data()).endsWith("good"));
            assertThat(relay.figures().databaseErrors()).isZero();
            open.commit();
        }
        Eventually.passes(() -> assertThat(node.data()).endsWith("good", "not yet"));
        assertThat(writer.tables().column("select count(*) from tidings_outbox where error is not null"))
                .containsExactly("700");
    }

    /** Rows that are set aside may have the lowest ids, and be many. */
    @Test
    void rowsThatAreSetAsideAreNotReadAtEachLook() throws Exception {
        writer.finish();
        try (Connection connection = writer.tables().begin()) {
            for (int row = 0; row < 5000; row++) {
                OutboxTables.write(connection, null, "/orders", "set aside");
            }
            connection.commit();
        }
        writer.tables().execute("update tidings_outbox set error = 'bad'");
        writer.tables().write("/orders", "waits");
        writer.tables().execute(analyze());
        var statements = new ArrayList<String>();
        var watched = new WatchedSource(server.source()) {
            @Override
            void before(Connection connection, String sql) {
                statements.add(sql);
            }
        };
        try (OutboxSession session = OutboxSession.open(new DatabaseConnection(watched), "tidings_outbox", 1000)) {
            assertThat(session.table().highest()).isNotNull();
            assertThat(session.table().waiting(RelaySteps.MOST_ROWS, RelaySteps.MOST_TEXT))
                    .hasSize(1);
        }
        assertThat(statements.stream().filter(sql -> sql.contains("error is null")))
                .hasSize(2)
                .allSatisfy(sql -> assertThat(writer.tables().rows("explain " + sql))
                        .containsAnyOf("tidings_outbox_waiting", "optimized away")
                        .doesNotContainIgnoringCase("sort"));
    }

    /** The statement by which the database learns how many rows there are. */
    abstract String analyze();

    /** An operator changes the table, or looks at it in a way that locks it. */
    @Test
    void statementThatWaitsForALockIsEndedInTheDatabaseToo() throws Exception {
        Relay relay = node.relay(server.source());
        Eventually.holds("it relays", relay::isRelaying);
        writer.finish();
        try (Connection operator = writer.tables().begin();
                Statement statement = operator.createStatement()) {
            statement.execute(lock());
            Eventually.passes(() -> assertThat(relay.figures().databaseErrors()).isPositive());
            assertThat(relay.fault()).startsWith("the relay has not been able to use its database for ");
            try (ResultSet count = statement.executeQuery(waiting())) {
                count.next();
                assertThat(count.getInt(1))
                        .as("statements of the hub that wait")
                        .isLessThanOrEqualTo(1);
            }
            statement.execute(unlock());
        }
        assertArrivesOnce();
        Eventually.passes(() -> assertThat(relay.fault()).isNull());
    }

    /** The statement that locks the table against all others. */
    abstract String lock();

    abstract String unlock();

    /** Counts the statements that wait for the lock. */
    abstract String waiting();

    @Test
    void databaseThatHangsIsToldAndGivenUp() throws Exception {
        Relay relay = node.relay(server.source(server.user(), server.documentedLimits()));
        Eventually.holds("it relays", relay::isRelaying);
        writer.finish();
        try {
            server.pause();
            Eventually.passes(
                    () -> assertThat(relay.fault()).matches("the relay has waited for its database for \\d+ s"));
            Eventually.passes(
                    () -> assertThat(relay.fault()).startsWith("the relay has not been able to use its database for "));
            if (Rounds.of(false, true)) {
                Eventually.passes(
                        HANGING,
                        () -> assertThat(relay.figures().databaseErrors())
                                .as("it has tried to connect")
                                .isGreaterThan(1));
            }
        } finally {
            server.resume();
        }
        assertArrivesOnce();
    }

    private void assertAllArriveOnce() throws Exception {
        writer.finish();
        assertArrivesOnce();
    }

    private void assertArrivesOnce() throws SQLException {
        Eventually.passes(() -> assertThat(writer.tables().ids()).isEmpty());
        List<String> arrived = new ArrayList<>(node.data());
        assertThat(arrived).endsWith(OutboxWriter.LAST);
        arrived.remove(arrived.size() - 1);
        writer.assertArrivedOnce(arrived);
    }
}
