package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool gets its connections back, also those that fail as soon as they are asked something. */
class DatabaseConnectionTest {

    private final AtomicInteger open = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"getAutoCommit", "getTransactionIsolation", "createStatement"})
    void connectionThatIsBrokenIsGivenBack(String call) {
        DataSource source = sourceThatFailsAt(call);
        assertThatThrownBy(() -> open(source)).hasMessage("broken");
        assertThat(open).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"getNetworkTimeout", "setNetworkTimeout"})
    void driverNeedsNoNetworkTimeout(String call) throws SQLException {
        DatabaseConnection connection = new DatabaseConnection(sourceThatFailsAt(call));
        connection.open();
        assertThat(connection.jdbc().getAutoCommit()).isTrue();
        connection.close();
        assertThat(open).hasValue(0);
    }

    /** A pool may have been told to lend connections whose transactions do not end by themselves. */
    @Test
    void connectionIsGivenBackAsItWas() throws SQLException {
        var real = new JdbcDataSource();
        real.setURL("jdbc:h2:mem:");
        Connection lent = real.getConnection();
        lent.setAutoCommit(false);
        lent.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        var connection = new DatabaseConnection(sourceOf(ofPool(lent)));
        connection.open();
        assertThat(lent.getAutoCommit()).isTrue();
        assertThat(lent.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        connection.prepare("select 1").close();
        connection.close();
        assertThat(lent.getAutoCommit()).isFalse();
        assertThat(lent.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        try (Statement statement = lent.createStatement()) {
            assertThat(statement.getQueryTimeout()).isZero();
        }
        lent.close();
    }

    /** The driver has connected when the relay has ended. */
    @Test
    void connectionThatComesTooLateIsEnded() throws SQLException {
        var real = new JdbcDataSource();
        real.setURL("jdbc:h2:mem:");
        Connection late = real.getConnection();
        var connection = new DatabaseConnection(sourceOf(late));
        connection.abort();
        assertThatThrownBy(connection::open).hasMessage("the relay has ended meanwhile");
        assertThat(late.isClosed()).isTrue();
    }

    /** One that was written for Java 6. */
    @Test
    void driverNeedsNoAbort() throws SQLException {
        var real = new JdbcDataSource();
        real.setURL("jdbc:h2:mem:");
        Connection lent = real.getConnection();
        var old = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("abort")) {
                        throw new AbstractMethodError("abort");
                    }
                    return invoke(method, lent, arguments);
                });
        var connection = new DatabaseConnection(sourceOf(old));
        connection.open();
        connection.abort();
        connection.close();
        assertThat(lent.isClosed()).isTrue();
    }

    private static void open(DataSource source) throws SQLException {
        OutboxSession.open(new DatabaseConnection(source), "tidings_outbox", 1000)
                .close();
    }

    /** One that a pool keeps when it is closed. */
    private static Connection ofPool(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                DatabaseConnectionTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : invoke(method, real, arguments));
    }

    private static DataSource sourceOf(Connection connection) {
        return (DataSource) Proxy.newProxyInstance(
                DatabaseConnectionTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connection);
    }

    private DataSource sourceThatFailsAt(String call) {
        var real = new JdbcDataSource();
        real.setURL("jdbc:h2:mem:");
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    open.incrementAndGet();
                    return connection(real.getConnection(), call);
                });
    }

    private Connection connection(Connection real, String call) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(call)) {
                        throw new SQLException("broken");
                    }
                    if (method.getName().equals("close")) {
                        open.decrementAndGet();
                    }
                    return invoke(method, real, arguments);
                });
    }

    private static Object invoke(Method method, Connection real, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
