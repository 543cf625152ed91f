package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.DatabaseServer;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
    String heading() {
        return "PostgreSQL";
    }

    @Test
    void rowThatIsCommittedEndsTheWaitForOne() throws SQLException {
        tables().notifying();
        try (OutboxSession session = OutboxSession.open(postgres.source(), "Tidings_Outbox", 1000)) {
            assertThat(session.isNotified()).isTrue();
            Future<?> waiting = threads().submit(() -> {
                session.await(Duration.ofHours(1));
                return null;
            });
            tables().write("/orders", "1");
            Eventually.value(waiting);
        }
        tables().execute("drop function tidings_outbox_notify cascade");
    }
}
