package dev.tidings.relay;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.DatabaseServer;
import dev.tidings.testing.MariaDbServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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
}
