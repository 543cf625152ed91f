package dev.tidings.relay;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.DatabaseServer;
import dev.tidings.testing.MariaDbServer;
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
}
