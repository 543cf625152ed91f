package dev.tidings.relay;

import dev.tidings.logging.Logs;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the container's pool, set up for the relay, and given back as it was.
 *
 * <p>Each statement is a transaction of its own. So a relay that hangs, as with a machine that is suspended, holds no lock: the
 * database has finished what it was told. And each statement ends after {@link #LONGEST_STATEMENT}, so that one that waits for a lock of
 * somebody else's does not stay in the database.
 *
 * <p><b>Threads.</b> One, but for {@link #abort}.
 */
final class DatabaseConnection implements AutoCloseable {

    /** How long a statement may take. */
    static final Duration LONGEST_STATEMENT = Duration.ofSeconds(10);

    /** A database that says nothing for so long is gone, if its driver can be told so. */
    static final Duration SILENCE = Duration.ofSeconds(20);

    private static final System.Logger LOG = Logs.of(DatabaseConnection.class);

    /** One thing that is done with a connection. */
    @FunctionalInterface
    private interface Task {
        void run() throws SQLException;
    }

    private final DataSource source;
    private volatile @Nullable Connection jdbc;
    private volatile boolean aborted;

    private boolean commitsBefore = true;
    private int isolationBefore = Connection.TRANSACTION_NONE;
    private int silenceBefore = -1;
    private int longestBefore = -1;

    /** One that is not open yet. */
    DatabaseConnection(DataSource source) {
        this.source = source;
    }

    /**
     * Connects. It may wait as long as the driver and the pool do.
     *
     * @throws SQLException if it cannot connect, or was aborted meanwhile
     */
    void open() throws SQLException {
        Connection connection = take(source);
        jdbc = connection;
        if (aborted) {
            quietly(() -> connection.abort(Runnable::run));
            quietly(connection::close);
            throw new SQLException("the relay has ended meanwhile");
        }
        setUp(connection);
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

    private void setUp(Connection connection) throws SQLException {
        boundSilence(connection);
        isolationBefore = connection.getTransactionIsolation();
        commitsBefore = connection.getAutoCommit();
        if (!commitsBefore) {
            // To ask may have begun a transaction.
            connection.rollback();
            connection.setAutoCommit(true);
        }
        // Each statement sees what is committed, and locks no more than the rows that it changes.
        if (isolationBefore != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        try (Statement statement = connection.createStatement()) {
            longestBefore = statement.getQueryTimeout();
        }
    }

    /** Before anything else, since all of it asks the database. A connection that is broken fails at what comes next. */
    private void boundSilence(Connection connection) {
        try {
            silenceBefore = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(SILENCE.toMillis()));
        } catch (SQLException | AbstractMethodError | UnsupportedOperationException notByThisDriver) {
            silenceBefore = -1;
        }
    }

    /** What it is for JDBC, once it is open. */
    Connection jdbc() {
        return Objects.requireNonNull(jdbc);
    }

    /** A statement that ends after {@link #LONGEST_STATEMENT}. */
    PreparedStatement prepare(String sql) throws SQLException {
        return bound(jdbc().prepareStatement(sql));
    }

    private static <S extends Statement> S bound(S statement) throws SQLException {
        try {
            statement.setQueryTimeout(Math.toIntExact(LONGEST_STATEMENT.toSeconds()));
            return statement;
        } catch (SQLException | RuntimeException failure) {
            statement.close();
            throw failure;
        }
    }

    /** Ends whatever waits for the database. If it is not open yet, it never will be. */
    void abort() {
        aborted = true;
        Connection connection = jdbc;
        if (connection != null) {
            quietly(() -> connection.abort(Runnable::run));
        }
    }

    /** Gives it back, if it was opened. */
    @Override
    public void close() {
        Connection connection = jdbc;
        if (connection == null) {
            return;
        }
        quietly(() -> restore(connection));
        quietly(connection::close);
    }

    /** One that is aborted is closed, but for drivers that cannot abort. */
    private void restore(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (longestBefore >= 0) {
            quietly(() -> restoreLongest(connection));
        }
        if (isolationBefore != Connection.TRANSACTION_NONE
                && isolationBefore != Connection.TRANSACTION_READ_COMMITTED) {
            quietly(() -> connection.setTransactionIsolation(isolationBefore));
        }
        if (!commitsBefore) {
            quietly(() -> connection.setAutoCommit(false));
        }
        if (silenceBefore >= 0) {
            quietly(() -> connection.setNetworkTimeout(Runnable::run, silenceBefore));
        }
    }

    /** To most drivers this is a property of a statement, and to H2 one of its connection. */
    private void restoreLongest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.getQueryTimeout() != longestBefore) {
                statement.setQueryTimeout(longestBefore);
            }
        }
    }

    private static void quietly(Task task) {
        try {
            task.run();
        } catch (SQLException | RuntimeException | AbstractMethodError broken) {
            // An old driver has no abort. Otherwise whoever uses the connection has met, and told, what is wrong with
            // it.
            LOG.log(Level.DEBUG, "a connection to the database could not be given back properly", broken);
        }
    }
}
