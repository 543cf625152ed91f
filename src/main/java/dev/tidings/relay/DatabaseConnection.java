package dev.tidings.relay;

import dev.tidings.logging.Logs;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A connection of the container's pool, set up for the relay, and given back as it was.
 *
 * <p><b>Threads.</b> One, but for {@link #abort}.
 */
final class DatabaseConnection implements AutoCloseable {

    /** A database that says nothing for so long is gone, if its driver can be told so. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final System.Logger LOG = Logs.of(DatabaseConnection.class);

    /** One thing that is done with a connection. */
    @FunctionalInterface
    private interface Task {
        void run() throws SQLException;
    }

    private final Connection connection;
    private boolean commitsBefore = true;
    private int isolationBefore = Connection.TRANSACTION_NONE;
    private int silenceBefore = -1;

    private DatabaseConnection(Connection connection) {
        this.connection = connection;
    }

    /** Takes one. It may wait as long as the pool does. */
    static DatabaseConnection open(DataSource source) throws SQLException {
        var open = new DatabaseConnection(take(source));
        try {
            open.setUp();
            return open;
        } catch (SQLException | RuntimeException | Error failure) {
            open.close();
            throw failure;
        }
    }

    /** As a part of the container: threads that a pool or a driver starts now must not keep the web application in memory. */
    private static Connection take(DataSource source) throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader ours = thread.getContextClassLoader();
        thread.setContextClassLoader(source.getClass().getClassLoader());
        try {
            return source.getConnection();
        } finally {
            thread.setContextClassLoader(ours);
        }
    }

    private void setUp() throws SQLException {
        boundSilence();
        commitsBefore = connection.getAutoCommit();
        isolationBefore = connection.getTransactionIsolation();
        connection.setAutoCommit(false);
        // If the pool has transactions begin by themselves, asking may have begun one.
        connection.rollback();
        // What was committed since the last look has to be seen. Some databases would show the same for ever.
        if (isolationBefore != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    /** Before anything else, since all of it asks the database. A connection that is broken fails at what comes next. */
    private void boundSilence() {
        try {
            silenceBefore = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(SILENCE.toMillis()));
        } catch (SQLException | AbstractMethodError | UnsupportedOperationException notByThisDriver) {
            silenceBefore = -1;
        }
    }

    Connection jdbc() {
        return connection;
    }

    /** Ends whatever waits for the database. */
    void abort() {
        quietly(() -> connection.abort(Runnable::run));
    }

    /** Gives it back. What was not committed is undone. */
    @Override
    public void close() {
        quietly(connection::rollback);
        if (silenceBefore >= 0) {
            quietly(() -> connection.setNetworkTimeout(Runnable::run, silenceBefore));
        }
        if (isolationBefore != Connection.TRANSACTION_NONE) {
            quietly(() -> connection.setTransactionIsolation(isolationBefore));
        }
        quietly(() -> connection.setAutoCommit(commitsBefore));
        quietly(connection::close);
    }

    private static void quietly(Task task) {
        try {
            task.run();
        } catch (SQLException | RuntimeException broken) {
            // Whoever uses the connection has met, and told, what is wrong with it.
            LOG.log(Level.DEBUG, "a connection to the database could not be given back properly", broken);
        }
    }
}
