package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool gets its connections back, also those that fail as soon as they are asked something. */
class DatabaseConnectionTest {

    private final AtomicInteger open = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"getAutoCommit", "getTransactionIsolation", "setAutoCommit", "rollback"})
    void connectionThatIsBrokenIsGivenBack(String call) {
        DataSource source = sourceThatFailsAt(call);
        assertThatThrownBy(() -> DatabaseConnection.open(source)).hasMessage("broken");
        assertThat(open).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"getNetworkTimeout", "setNetworkTimeout"})
    void driverNeedsNoNetworkTimeout(String call) throws SQLException {
        DatabaseConnection connection = DatabaseConnection.open(sourceThatFailsAt(call));
        assertThat(connection.jdbc().getAutoCommit()).isFalse();
        connection.close();
        assertThat(open).hasValue(0);
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
