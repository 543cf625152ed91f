package dev.tidings.relay;

import dev.tidings.logging.Logs;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hears of rows as soon as they are committed, from a PostgreSQL that a trigger has notify on the table's name.
 *
 * <p>PostgreSQL's driver is the container's, and may not be there. So it is called by reflection.
 *
 * <p><b>Threads.</b> As the connection that it is of.
 */
final class Notifications {

    private static final String DRIVER = "org.postgresql.PGConnection";

    private static final System.Logger LOG = Logs.of(Notifications.class);

    private final Object driver;
    private final Method await;
    private final DatabaseConnection connection;
    private final String channel;

    private Notifications(DatabaseConnection connection, Object driver, Method await, String channel) {
        this.connection = connection;
        this.driver = driver;
        this.await = await;
        this.channel = channel;
    }

    /**
     * Begins to listen.
     *
     * @param table the table's name, whose last part is the channel's
     * @return null if the database has no notifications, or its driver cannot wait for one
     */
    static @Nullable Notifications of(DatabaseConnection opened, String table) throws SQLException {
        Connection connection = opened.jdbc();
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return null;
        }
        Class<?> type = driver(connection);
        try {
            if (type == null || !connection.isWrapperFor(type)) {
                return null;
            }
            String channel = table.substring(table.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            var notifications = new Notifications(
                    opened, connection.unwrap(type), type.getMethod("getNotifications", int.class), channel);
            return notifications.listen() ? notifications : null;
        } catch (NoSuchMethodException older) {
            return null;
        }
    }

    /** Returns whether the database has this. Others say that they are PostgreSQL, too. */
    private boolean listen() throws SQLException {
        try {
            execute("listen ");
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }

    private static @Nullable Class<?> driver(Connection connection) throws SQLException {
        return Stream.of(
                        connection.getClass().getClassLoader(),
                        connection.getMetaData().getClass().getClassLoader(),
                        Thread.currentThread().getContextClassLoader())
                .map(Notifications::load)
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Class<?> load(@Nullable ClassLoader loader) {
        try {
            return Class.forName(DRIVER, false, loader);
        } catch (ClassNotFoundException | LinkageError notThere) {
            return null;
        }
    }

    /** Waits until rows were committed, no longer than this. */
    void await(Duration most) throws SQLException {
        try {
            await.invoke(driver, Math.toIntExact(Math.max(1, most.toMillis())));
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof SQLException broken) {
                throw broken;
            }
            throw new SQLException("waiting for a notification failed", failure.getCause());
        } catch (IllegalAccessException hidden) {
            throw new SQLException("waiting for a notification is not possible", hidden);
        }
    }

    /** Ends listening, since the connection will be somebody else's. */
    void close() {
        try {
            execute("unlisten ");
        } catch (SQLException broken) {
            LOG.log(Level.DEBUG, "listening could not be ended", broken);
        }
    }

    private void execute(String what) throws SQLException {
        try (PreparedStatement statement = connection.prepare(what + channel)) {
            statement.execute();
        }
    }
}
