package dev.tidings.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A database that crashes once, at one of the statements that are executed: before it does what was asked, or afterwards and
 * without an answer. The connection of that statement is broken then.
 *
 * <p><b>Threads.</b> Any.
 */
final class CrashingSource extends WatchedSource {

    private final int fatal;
    private final boolean afterwards;
    private final boolean forEver;
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * @param fatal the number of the statement, from 1 on
     * @param afterwards whether it is done
     * @param forEver whether it does not come back for those who use it this way
     */
    CrashingSource(DataSource real, int fatal, boolean afterwards, boolean forEver) {
        super(real);
        this.fatal = fatal;
        this.afterwards = afterwards;
        this.forEver = forEver;
    }

    /** Whether it has crashed. */
    boolean hasCrashed() {
        return calls.get() >= fatal;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (forEver && hasCrashed()) {
            throw new SQLException("the database is away");
        }
        return super.getConnection();
    }

    @Override
    void before(Connection connection, String sql) throws SQLException {
        if (calls.incrementAndGet() == fatal && !afterwards) {
            crash(connection);
        }
    }

    @Override
    void after(Connection connection, String sql) throws SQLException {
        if (calls.get() == fatal && afterwards) {
            crash(connection);
        }
    }

    private static void crash(Connection connection) throws SQLException {
        connection.close();
        throw new SQLException("the database has crashed");
    }
}
