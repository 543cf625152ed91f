package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.FencedException;
import dev.tidings.redis.Confirmation;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.RedisServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of a hub on Redis: one that has lost its lease and does not know, and a Redis that is away. */
class RelayOnRedisTest {

    private static final String HUB = "hub";
    private static final Duration LONG_AFTER = Duration.ofMinutes(20);

    private final JdbcDataSource database = new JdbcDataSource();
    private final ManualClock clock = new ManualClock();
    private RedisServer redis;
    private RelayNode one;
    private RelayNode other;

    @BeforeEach
    void start() {
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        redis = RedisServer.start("appendonly yes", "appendfsync always");
        one = node();
        other = node();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        redis.close();
    }

    private RelayNode node() {
        return RelayNode.onRedis(redis, HUB, Confirmation.NONE, clock);
    }

    /** It had written the batch down, and slept before it published it. */
    @Test
    void batchThatAnotherHasPublishedIsNotPublishedAgain() {
        Batch batch = batch(1);
        BatchPublisher stale = publisher(one);
        stale.take(batch);
        BatchPublisher next = publisher(other);
        next.resume(batch);
        assertThat(next.publish(6)).isTrue();
        clock.advance(LONG_AFTER);
        assertThat(stale.publish(5)).as("it is in the log").isTrue();
        assertThat(one.data()).containsExactly("1");
    }

    @Test
    void batchFromBeforeOthersIsRefused() {
        BatchPublisher stale = publisher(one);
        stale.take(batch(1));
        BatchPublisher next = publisher(other);
        next.resume(batch(1));
        next.publish(6);
        next.take(batch(2));
        next.publish(7);
        clock.advance(LONG_AFTER);
        assertThatThrownBy(() -> stale.publish(5)).isInstanceOf(FencedException.class);
        assertThat(one.data()).containsExactly("1", "2");
    }

    /** The lease's counter is lower in a database that has lost its newest changes, and so are the rows there that are published. */
    @ParameterizedTest
    @ValueSource(strings = {"tidings_outbox", "public.tidings_outbox"})
    void databaseThatHasLostWhatItCommittedIsFoundOut(String table) throws SQLException {
        OutboxTables tables = OutboxTables.make(database, CodeBlock.of("docs/outbox.md", "H2"));
        BatchPublisher before = publisher(other);
        before.take(batch(1));
        before.publish(100);
        Relay relay = one.relay(database, table);
        Eventually.holds("it relays", relay::isRelaying);
        tables.writeAll("/orders", List.of("1", "2"));
        Eventually.passes(() -> assertThat(tables.ids()).isEmpty());
        assertThat(one.data()).containsExactly("1", "2");
        assertThat(Long.parseLong(tables.column("select counter from tidings_outbox_lease")
                        .get(0)))
                .isGreaterThan(100);
        one.endRelays();
        tables.execute("shutdown");
    }

    @Test
    void rowsWaitWhileRedisIsAway() throws SQLException {
        OutboxTables tables = OutboxTables.make(database, CodeBlock.of("docs/outbox.md", "H2"));
        Relay relay = one.relay(database);
        tables.write("/orders", "1");
        Eventually.passes(() -> assertThat(tables.ids()).isEmpty());
        redis.kill();
        tables.writeAll("/orders", List.of("2", "3"));
        Eventually.passes(() -> assertThat(relay.figures().logErrors()).isPositive());
        assertThat(tables.ids()).hasSize(2);
        redis.restart();
        Eventually.passes(() -> assertThat(tables.ids()).isEmpty());
        assertThat(one.data()).containsExactly("1", "2", "3");
        one.endRelays();
        tables.execute("shutdown");
    }

    /** What no replica has may be lost, and its row is all that is left of it then. */
    @Test
    void rowsThatAnotherNodeHasSentUnconfirmedAreDeletedOnlyWhenTheyAreConfirmed() throws SQLException {
        var replica = new Confirmation(Confirmation.By.REPLICA, Duration.ofMillis(200));
        OutboxTables tables = OutboxTables.make(database, CodeBlock.of("docs/outbox.md", "H2"));
        tables.writeAll("/orders", List.of("1", "2"));
        try (RelayNode killed = RelayNode.onRedis(redis, HUB, replica, clock);
                RelayNode next = RelayNode.onRedis(redis, HUB, replica, clock)) {
            Relay first = killed.relay(database);
            Eventually.passes(() -> assertThat(first.figures().logErrors()).isPositive());
            assertThat(one.data()).as("they are in the log").containsExactly("1", "2");
            killed.endRelays();
            Relay second = next.relay(database);
            Eventually.passes(() -> assertThat(second.figures().logErrors()).isGreaterThan(1));
            assertThat(tables.ids()).as("no replica has them").hasSize(2);
            RedisServer follower = redis.replica();
            try {
                Eventually.passes(() -> assertThat(tables.ids()).isEmpty());
            } finally {
                follower.close();
            }
            assertThat(one.data()).containsExactly("1", "2");
        }
        tables.execute("shutdown");
    }

    /** The batch without the row is published, and the hub is killed before it deletes it. Then the row is mended. */
    @Test
    void rowThatWasTakenOutOfABatchIsPublishedWhenItIsMended() throws SQLException {
        OutboxTables tables = OutboxTables.make(database, CodeBlock.of("docs/outbox.md", "H2"));
        tables.write("/orders", "1");
        tables.write(" ", "2");
        tables.write("/orders", "3");
        tables.execute("insert into tidings_outbox_lease values (1, 41, null, '"
                + BatchIds.of(List.of(1L, 2L, 3L)).text() + "')");
        var killed = new WatchedSource(database) {
            @Override
            void before(Connection connection, String sql) throws SQLException {
                if (sql.startsWith("delete")) {
                    throw new SQLException("killed");
                }
            }
        };
        try (var first = new RelayByHand(one, killed, clock);
                var next = new RelayByHand(other, database, clock)) {
            first.look();
            assertThatThrownBy(first::goOn).hasMessage("killed");
            tables.execute("update tidings_outbox set topics = '/orders', error = null where id = 2");
            next.takeOver();
            Eventually.holds("all is relayed", () -> {
                next.goOn();
                return tables.ids().isEmpty();
            });
        }
        // This node hears of it from Redis.
        Eventually.passes(() -> assertThat(one.data()).containsExactly("1", "3", "2"));
        tables.execute("shutdown");
    }

    /**
     * A batch of which a row is bad here is taken over by a hub that is killed at each of its statements. Then the row is mended. A hub
     * with other settings may have published the batch before.
     */
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void eachRowOfABatchThatIsTakenOverIsPublishedOnceWheneverItCrashes(boolean afterwards, boolean isPublished)
            throws SQLException {
        int call = 1;
        while (crashesAt(call, afterwards, isPublished)) {
            call++;
        }
        assertThat(call).as("so many statements are executed for this").isGreaterThan(8);
    }

    /** Whether there was such a statement. */
    private boolean crashesAt(int call, boolean afterwards, boolean isPublished) throws SQLException {
        var source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        OutboxTables tables = OutboxTables.make(source, CodeBlock.of("docs/outbox.md", "H2"));
        tables.write("/orders", "1");
        tables.write(" ", "2");
        tables.write("/orders", "3");
        var written = new BatchIds("key", List.of(1L, 2L, 3L));
        tables.execute("insert into tidings_outbox_lease values (1, 41, null, '" + written.text() + "')");
        var crashing = new CrashingSource(source, call, afterwards, true);
        try (RelayNode node = RelayNode.onRedis(redis, "hub-" + UUID.randomUUID(), Confirmation.NONE, clock);
                var killed = new RelayByHand(node, crashing, clock);
                var next = new RelayByHand(node, source, clock)) {
            if (isPublished) {
                BatchPublisher before = publisher(node);
                before.take(new Batch(written, List.of(event(1), event(2), event(3))));
                before.publish(41);
            }
            boolean hasCrashed = false;
            try {
                killed.look();
                killed.goOn();
                killed.goOn();
            } catch (SQLException crash) {
                hasCrashed = true;
            }
            tables.execute("update tidings_outbox set topics = '/orders', error = null where id = 2");
            next.takeOver();
            Eventually.holds("all is relayed", () -> {
                next.goOn();
                return tables.ids().isEmpty();
            });
            Eventually.passes(() -> assertThat(node.data())
                    .as("it crashes %s statement %s", afterwards ? "after" : "before", call)
                    .containsExactlyInAnyOrder("1", "2", "3"));
            return hasCrashed;
        } finally {
            tables.execute("shutdown");
        }
    }

    private static BatchPublisher publisher(RelayNode node) {
        return new BatchPublisher(node.publishing(), node.hub, "tidings_outbox");
    }

    private static Batch batch(long id) {
        return new Batch(new BatchIds("key-" + id, List.of(id)), List.of(event(id)));
    }

    private static PublishRequest event(long id) {
        return new PublishRequest(List.of("/orders"), null, Long.toString(id), "tidings_outbox-" + id, null, false);
    }
}
