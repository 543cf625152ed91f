package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.DatabaseServer;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresTest extends DatabaseContract {

    private static PostgresServer postgres;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Override
    DatabaseServer server() {
        return postgres;
    }

    @Override
    CodeBlock block() {
        return CodeBlock.of("docs/outbox.md", "PostgreSQL");
    }

    @Override
    List<String> leave() {
        return List.of("drop owned by shop, hub", "drop user shop, hub");
    }

    @Override
    String analyze() {
        return "analyze tidings_outbox";
    }

    @Override
    String lock() {
        return "lock table tidings_outbox in access exclusive mode";
    }

    @Override
    String unlock() {
        return "rollback";
    }

    @Override
    String waiting() {
        return "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
    }

    @Test
    void rowThatIsCommittedEndsTheWaitForOne() throws Exception {
        OutboxTables other = OutboxTables.make(schema("notified"), CodeBlock.of("docs/outbox.md", "PostgreSQL"));
        other.notifying();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (OutboxSession session =
                OutboxSession.open(new DatabaseConnection(schema("notified")), "Tidings_Outbox", 1000)) {
            assertThat(session.isNotified()).isTrue();
            Future<?> waiting = thread.submit(() -> {
                session.await(Duration.ofHours(1));
                return null;
            });
            other.write("/orders", "1");
            Eventually.value(waiting);
        } finally {
            thread.shutdownNow();
        }
    }

    /** A table may be in a schema that its name has to say. */
    @Test
    void tableOfAnotherSchemaIsRelayed() throws Exception {
        OutboxTables other = OutboxTables.make(schema("shop"), CodeBlock.of("docs/outbox.md", "PostgreSQL"));
        other.write("/orders", "1");
        try (var node = new RelayNode(RelayNode.memory())) {
            node.relay(postgres.source(), "shop.tidings_outbox");
            Eventually.passes(() -> assertThat(other.ids()).isEmpty());
            assertThat(node.events()).extracting(Event::id).containsExactly("tidings_outbox-1");
        }
    }

    /** A database without a character set stores whatever bytes it is given. */
    @Test
    void rowWhoseTextIsNoTextIsSetAside() throws Exception {
        try (Connection connection = postgres.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database bytes encoding 'SQL_ASCII' template template0");
        }
        var source = (PGSimpleDataSource) postgres.source();
        source.setDatabaseName("bytes");
        OutboxTables bytes = OutboxTables.make(source, CodeBlock.of("docs/outbox.md", "PostgreSQL"));
        bytes.write("/orders", "1");
        bytes.execute("insert into tidings_outbox (topics, data) values ('/orders', E'\\xff')");
        bytes.write("/orders", "3");
        try (var node = new RelayNode(RelayNode.memory())) {
            node.relay(source);
            Eventually.passes(() -> assertThat(bytes.column("select error from tidings_outbox"))
                    .singleElement()
                    .asString()
                    .startsWith("The database's driver cannot read this row: "));
            assertThat(node.data()).containsExactly("1", "3");
        }
    }

    private static DataSource schema(String name) throws SQLException {
        var source = (PGSimpleDataSource) postgres.source();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists " + name);
        }
        source.setCurrentSchema(name);
        return source;
    }
}
