package dev.tidings.relay;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The table over one connection to its database.
 *
 * <p><b>Threads.</b> One.
 */
final class OutboxSession implements AutoCloseable {

    private final DatabaseConnection connection;
    private final OutboxTable table;
    private final RowReader reader;
    private final @Nullable Notifications notifications;

    private OutboxSession(DatabaseConnection connection, String name, int mostData) throws SQLException {
        this.connection = connection;
        String product = connection.jdbc().getMetaData().getDatabaseProductName();
        this.table = new OutboxTable(connection, name, product, mostData);
        this.reader = new RowReader(table);
        this.notifications = Notifications.of(connection, name);
    }

    /**
     * Connects.
     *
     * @param connection is opened here, and closed with the session
     * @param name the table's
     * @param mostData the most characters of data that are read of a row
     */
    static OutboxSession open(DatabaseConnection connection, String name, int mostData) throws SQLException {
        try {
            connection.open();
            return new OutboxSession(connection, name, mostData);
        } catch (SQLException | RuntimeException | Error failure) {
            connection.close();
            throw failure;
        }
    }

    OutboxTable table() {
        return table;
    }

    RowReader reader() {
        return reader;
    }

    /** Whether {@link #await} ends early when rows are committed. */
    boolean isNotified() {
        return notifications != null;
    }

    /** Waits until rows were committed, no longer than this. */
    void await(Duration most) throws SQLException {
        if (notifications != null) {
            notifications.await(most);
        }
    }

    /** Ends it without a word to the database, of which nobody knows whether it answers. */
    void abort() {
        connection.abort();
        connection.close();
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
