package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A relay that is closed while its database hangs, before there is a connection or when there is one. */
class HangingConnectTest {

    private static final Duration CLOSED = Duration.ofSeconds(15);

    private final RelayNode node = new RelayNode(RelayNode.memory());
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);

    @AfterEach
    void close() {
        answered.countDown();
        node.close();
    }

    @Test
    void connectionThatComesAfterTheEndIsClosed() throws Exception {
        Connection late = h2();
        DataSource source = source(() -> {
            awaitAnswer();
            return late;
        });
        assertClosesInTime(source);
        assertThat(late.isClosed()).isFalse();
        answered.countDown();
        Eventually.holds("it is closed", late::isClosed);
    }

    @Test
    void connectionThatHangsAtTheFirstQuestionIsAborted() throws Exception {
        Connection real = h2();
        var hanging = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("abort")) {
                        answered.countDown();
                    } else if (method.getName().equals("getTransactionIsolation")) {
                        awaitAnswer();
                        throw new SQLException("it was aborted");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
        assertClosesInTime(source(() -> hanging));
        assertThat(answered.getCount()).as("it was aborted").isZero();
        Eventually.holds("it is closed", real::isClosed);
    }

    private void assertClosesInTime(DataSource source) throws InterruptedException {
        Relay relay = node.relay(source);
        asked.await();
        long begun = System.nanoTime();
        relay.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(CLOSED);
    }

    private void awaitAnswer() throws SQLException {
        asked.countDown();
        try {
            answered.await();
        } catch (InterruptedException ended) {
            throw new SQLException(ended);
        }
    }

    private static Connection h2() throws SQLException {
        var source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:");
        return source.getConnection();
    }

    /** How a connection is made. */
    @FunctionalInterface
    private interface Connecting {
        Connection connect() throws SQLException;
    }

    private static DataSource source(Connecting connecting) {
        return (DataSource) Proxy.newProxyInstance(
                HangingConnectTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connecting.connect());
    }
}
