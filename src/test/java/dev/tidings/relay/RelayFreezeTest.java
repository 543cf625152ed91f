package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.RedisServer;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The node that relays hangs at each of the statements by which rows are relayed, one after the other: before the statement, or after
 * it and before its answer. Its connection stays open. Another takes over all the same, and each row is published once, also when
 * the first goes on.
 */
class RelayFreezeTest {

    private static final List<String> FIRST = List.of("1", "2", "3");
    private static final List<String> SECOND = List.of("4", "5");

    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherTakesOverFromANodeThatHangsWhereverItDoes(boolean afterwards) throws SQLException {
        int call = 1;
        while (hangsAt(call, afterwards)) {
            call++;
        }
        assertThat(call).as("so many statements are executed for this").isGreaterThan(13);
    }

    /** Whether there was such a statement. */
    private static boolean hangsAt(int call, boolean afterwards) throws SQLException {
        var database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        OutboxTables tables = OutboxTables.make(database, CodeBlock.of("docs/outbox.md", "H2"));
        var freezing = new FreezingSource(database, call, afterwards);
        String hub = "hub-" + UUID.randomUUID();
        var clock = new ManualClock();
        try (var one = RelayNode.onRedis(redis, hub);
                var other = RelayNode.onRedis(redis, hub);
                var next = new RelayByHand(other, database, clock)) {
            tables.writeAll("/orders", FIRST);
            one.relay(freezing);
            awaitRelayed(tables, freezing);
            tables.writeAll("/orders", SECOND);
            awaitRelayed(tables, freezing);
            if (!freezing.isFrozen()) {
                return false;
            }
            next.takeOver();
            relayAll(tables, next);
            freezing.thaw();
            tables.write("/orders", "6");
            relayAll(tables, next);
            one.endRelays();
            tables.write("/orders", "7");
            next.takeOver();
            relayAll(tables, next);
            Eventually.passes(() -> assertThat(other.data()).endsWith("7"));
            assertThat(other.data())
                    .as("it hangs %s statement %s", afterwards ? "after" : "before", call)
                    .containsExactly("1", "2", "3", "4", "5", "6", "7");
            return true;
        } finally {
            freezing.thaw();
            tables.execute("shutdown");
        }
    }

    private static void awaitRelayed(OutboxTables tables, FreezingSource freezing) {
        Eventually.holds(
                "all is relayed, or it hangs",
                () -> freezing.isFrozen() || tables.ids().isEmpty());
    }

    private static void relayAll(OutboxTables tables, RelayByHand by) {
        Eventually.holds("all is relayed", () -> {
            by.goOn();
            return tables.ids().isEmpty();
        });
    }
}
