package dev.tidings.relay;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database of which it is watched, and can be changed, what happens when a statement is executed.
 *
 * <p><b>Threads.</b> Any.
 */
abstract class WatchedSource implements DataSource {

    private static final Set<String> CALLS = Set.of("executeQuery", "executeUpdate", "execute");

    private final DataSource real;

    WatchedSource(DataSource real) {
        this.real = real;
    }

    /** A statement is about to be executed. */
    void before(Connection connection, String sql) throws SQLException {}

    /** A statement was executed. */
    void after(Connection connection, String sql) throws SQLException {}

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        return wrap(Connection.class, (proxy, method, arguments) -> {
            Object result = invoke(method, connection, arguments);
            return result instanceof PreparedStatement statement
                    ? watched(statement, connection, String.valueOf(arguments[0]))
                    : result;
        });
    }

    private PreparedStatement watched(PreparedStatement statement, Connection connection, String sql) {
        return wrap(PreparedStatement.class, (proxy, method, arguments) -> {
            if (!CALLS.contains(method.getName())) {
                return invoke(method, statement, arguments);
            }
            before(connection, sql);
            Object result = invoke(method, statement, arguments);
            after(connection, sql);
            return result;
        });
    }

    /** How a wrapped object answers a call. */
    @FunctionalInterface
    private interface Answer {
        @Nullable
        Object of(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T wrap(Class<T> type, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(WatchedSource.class.getClassLoader(), new Class<?>[] {type}, answer::of));
    }

    private static @Nullable Object invoke(Method method, Object target, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
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
