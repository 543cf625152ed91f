package dev.tidings.relay;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that crashes once, at one of the calls by which it is used: before it does what was asked, or afterwards and without
 * an answer. The connection of that call is broken then, and what was not committed over it is undone.
 *
 * <p><b>Threads.</b> Any.
 */
final class CrashingSource implements DataSource {

    private static final Set<String> CALLS = Set.of("executeQuery", "executeUpdate", "execute", "commit");

    private final DataSource real;
    private final int fatal;
    private final boolean afterwards;
    private final boolean forEver;
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * @param fatal the number of the call, from 1 on
     * @param afterwards whether it is done
     * @param forEver whether it does not come back for those who use it this way
     */
    CrashingSource(DataSource real, int fatal, boolean afterwards, boolean forEver) {
        this.real = real;
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
        Connection connection = real.getConnection();
        return (Connection) wrap(Connection.class, connection, connection);
    }

    private Object wrap(Class<?> type, Object target, Connection connection) {
        InvocationHandler handler = (proxy, method, arguments) -> call(target, method, arguments, connection);
        return Proxy.newProxyInstance(CrashingSource.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments, Connection connection)
            throws Throwable {
        boolean isFatal = CALLS.contains(method.getName()) && calls.incrementAndGet() == fatal;
        if (isFatal && !afterwards) {
            crash(connection);
        }
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
        if (isFatal) {
            crash(connection);
        }
        if (result instanceof PreparedStatement) {
            return wrap(PreparedStatement.class, result, connection);
        }
        return result instanceof Statement ? wrap(Statement.class, result, connection) : result;
    }

    private static void crash(Connection connection) throws SQLException {
        connection.rollback();
        connection.close();
        throw new SQLException("the database has crashed");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
