package dev.tidings.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The table over one connection to its database.
 *
 * <p><b>Threads.</b> One, but for {@link #abort}.
 */
final class OutboxSession implements AutoCloseable {

    private final DatabaseConnection connection;
    private final OutboxTable table;
    private final @Nullable Notifications notifications;

    private OutboxSession(DatabaseConnection connection, String name, int mostData) throws SQLException {
        this.connection = connection;
        String product = connection.jdbc().getMetaData().getDatabaseProductName();
        this.table = new OutboxTable(name, product, mostData);
        this.notifications = Notifications.of(connection.jdbc(), name);
    }

    /**
     * Connects.
     *
     * @param name the table's
     * @param mostData the most characters of data that are read of a row
     */
    static OutboxSession open(DataSource source, String name, int mostData) throws SQLException {
        DatabaseConnection connection = DatabaseConnection.open(source);
        try {
            return new OutboxSession(connection, name, mostData);
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    Connection jdbc() {
        return connection.jdbc();
    }

    OutboxTable table() {
        return table;
    }

    void commit() throws SQLException {
        jdbc().commit();
    }

    void rollback() throws SQLException {
        jdbc().rollback();
    }

    /** Whether {@link #await} ends early when rows are committed. */
    boolean isNotified() {
        return notifications != null;
    }

    /** Waits until rows were committed, no longer than this, outside a transaction. */
    void await(Duration most) throws SQLException {
        if (notifications != null) {
            notifications.await(most);
        }
    }

    /** Ends whatever waits for the database. */
    void abort() {
        connection.abort();
    }

    @Override
    public void close() {
        try (connection) {
            if (notifications != null) {
                notifications.close();
            }
        }
    }
}
