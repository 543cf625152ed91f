package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.DatabaseServer;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.MariaDbServer;
import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MariaDbTest extends DatabaseContract {

    private static MariaDbServer mariaDb;

    @BeforeAll
    static void start() {
        mariaDb = MariaDbServer.start();
    }

    @AfterAll
    static void stop() {
        if (mariaDb != null) {
            mariaDb.close();
        }
    }

    @Override
    DatabaseServer server() {
        return mariaDb;
    }

    @Override
    CodeBlock block() {
        return CodeBlock.of("docs/outbox.md", "MySQL and MariaDB");
    }

    @Override
    List<String> leave() {
        return List.of("drop user shop", "drop user hub");
    }

    @Override
    String analyze() {
        return "analyze table tidings_outbox";
    }

    @Override
    String lock() {
        return "lock tables tidings_outbox write";
    }

    @Override
    String unlock() {
        return "unlock tables";
    }

    @Override
    String waiting() {
        return "select count(*) from information_schema.processlist where state like 'Waiting for table%'";
    }

    /** The topics may have characters that the column of the reasons cannot have. */
    @Test
    void reasonThatItsColumnCannotHaveIsWrittenInAscii() throws Exception {
        writer().tables().execute("alter table tidings_outbox modify error varchar(500) character set latin1");
        writer().tables().write("/hub/\u65e5\u672c", "forged");
        writer().tables().write("/orders", "behind");
        node().relay(mariaDb.source());
        Eventually.passes(
                () -> assertThat(writer().tables().column("select error from tidings_outbox where error is not null"))
                        .singleElement()
                        .asString()
                        .contains("\"/hub/??\" is the hub's own"));
        Eventually.passes(() -> assertThat(node().data()).contains("behind"));
    }

    /** An application is in the middle of its transaction. */
    @Test
    void rowThatIsNotCommittedDoesNotHoldUpThoseThatAre() throws Exception {
        writer().finish();
        writer().tables().execute("delete from tidings_outbox");
        for (int batch : List.of(1, 20, 200, RelaySteps.MOST_ROWS)) {
            try (Connection application = writer().tables().begin();
                    OutboxSession session =
                            OutboxSession.open(new DatabaseConnection(mariaDb.source()), "tidings_outbox", 1000)) {
                writer().tables().writeAll("/orders", Collections.nCopies(batch, "committed"));
                OutboxTables.write(application, null, "/orders", "not committed");
                List<Long> ids = session.table().waiting(RelaySteps.MOST_ROWS, RelaySteps.MOST_TEXT);
                assertThat(ids).hasSize(batch);
                session.table().delete(ids);
                assertThat(writer().tables().ids()).isEmpty();
                application.rollback();
            }
        }
    }
}
