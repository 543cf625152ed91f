package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.FaultyLog;
import dev.tidings.testing.LogRecorder;
import dev.tidings.testing.ManualClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a relay does with the rows of a table, with H2 in this process. Over 300 lines, since each fact is about the same table and
 * the same node.
 */
class RelayTest {

    private final DataSource database = h2("");
    private final FaultyLog log = new FaultyLog(RelayNode.memory());
    private final RelayNode node = new RelayNode(log);
    private OutboxTables tables;

    @BeforeEach
    void make() throws SQLException {
        tables = OutboxTables.make(database, CodeBlock.of("docs/outbox.md", "H2"));
    }

    @AfterEach
    void close() throws SQLException {
        node.close();
        tables.execute("shutdown");
    }

    private static JdbcDataSource h2(String mode) {
        var source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + mode);
        return source;
    }

    @Test
    void rowsThatWereCommittedArePublishedInOrderAndDeleted() throws SQLException {
        tables.writeAll("/orders", List.of("1", "2", "3"));
        Relay relay = node.relay(database);
        awaitNoRows();
        assertThat(node.data()).containsExactly("1", "2", "3");
        tables.write("/orders", "4");
        Eventually.passes(() -> assertThat(node.data()).containsExactly("1", "2", "3", "4"));
        Eventually.passes(() -> assertThat(relay.figures().published()).isEqualTo(4));
    }

    @Test
    void rowThatIsRolledBackIsNeverPublished() throws SQLException {
        node.relay(database);
        try (Connection connection = tables.begin()) {
            OutboxTables.write(connection, null, "/orders", "rolled back");
            tables.write("/orders", "meanwhile");
            Eventually.passes(() -> assertThat(node.data()).containsExactly("meanwhile"));
            connection.rollback();
        }
        tables.write("/orders", "marker");
        Eventually.passes(() -> assertThat(node.data()).containsExactly("meanwhile", "marker"));
    }

    @Test
    void columnsBecomeTheEvent() throws SQLException {
        tables.execute(
                "insert into tidings_outbox (id, topics, type, data, private) values"
                        + " (7, '/orders/1' || chr(10) || '/orders' || chr(13) || chr(10), 'shipped', 'line 1' || chr(10), true)");
        tables.execute("insert into tidings_outbox (id, topics) values (8, '/users/alice')");
        node.relay(database);
        Eventually.passes(() -> assertThat(node.events()).hasSize(2));
        Event first = node.events().get(0);
        assertThat(first.id()).isEqualTo("tidings_outbox-7");
        assertThat(first.topics()).containsExactly("/orders/1", "/orders");
        assertThat(first.type()).isEqualTo("shipped");
        assertThat(first.data()).isEqualTo("line 1\n");
        assertThat(first.isPrivate()).isTrue();
        Event second = node.events().get(1);
        assertThat(second.type()).isNull();
        assertThat(second.data()).isEmpty();
        assertThat(second.isPrivate()).as("an inbox is private").isTrue();
    }

    @Test
    void eventOfWhichNobodySaysThatItIsPublicIsPrivate() throws SQLException {
        tables.execute("alter table tidings_outbox alter column private set null");
        tables.execute("insert into tidings_outbox (topics, private) values ('/orders', null), ('/orders', false)");
        node.relay(database);
        awaitNoRows();
        assertThat(node.events()).extracting(Event::isPrivate).containsExactly(true, false);
    }

    /** A sequence gives ids before its transactions commit, and these may commit in any order. */
    @Test
    void idThatCommitsAfterAHigherOneIsNotSkipped() throws SQLException {
        node.relay(database);
        try (Connection late = tables.begin();
                Connection later = tables.begin()) {
            OutboxTables.write(late, 10L, "/orders", "10");
            OutboxTables.write(later, 5L, "/orders", "5");
            try (Connection early = tables.begin()) {
                OutboxTables.write(early, 20L, "/orders", "20");
                early.commit();
            }
            Eventually.passes(() -> assertThat(node.data()).containsExactly("20"));
            late.commit();
            Eventually.passes(() -> assertThat(node.data()).containsExactly("20", "10"));
            later.commit();
        }
        Eventually.passes(() -> assertThat(node.data()).containsExactly("20", "10", "5"));
    }

    @Test
    void moreRowsThanABatchHasArePublishedInOrder() throws SQLException {
        List<String> all = IntStream.range(0, 2 * RelaySteps.MOST_ROWS + 17)
                .mapToObj(Integer::toString)
                .toList();
        tables.writeAll("/orders", all);
        node.relay(database);
        awaitNoRows();
        assertThat(node.data()).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' '          | x  |           | topics: It is empty; write one topic in each line.",
                "/hub/nodes   | x  |           | the topic \"/hub/nodes\" is the hub's own",
                "/clients/1   | x  |           | the topic \"/clients/1\" is the hub's own",
                "/orders      | x  | gap       | type: The types gap, expiring, caught-up are the hub's own signals",
                "/orders      | large |        | data: It has more text than this hub accepts",
                "/ord\u0007ers | x  |           | topic: "
            })
    void badRowIsSetAsideWithTheReasonAndDoesNotStopTheOthers(String topics, String data, String type, String reason)
            throws SQLException {
        try (Connection connection = tables.begin()) {
            OutboxTables.write(connection, 1L, "/orders", "before");
            OutboxTables.write(connection, 2L, topics, data.equals("large") ? "x".repeat(1001) : data);
            OutboxTables.write(connection, 3L, "/orders", "behind");
            connection.commit();
        }
        if (type != null) {
            tables.execute("update tidings_outbox set type = '" + type + "' where id = 2");
        }
        Relay relay = node.relay(database);
        Eventually.passes(() -> assertThat(tables.ids()).containsExactly("2"));
        assertThat(node.data()).containsExactly("before", "behind");
        assertThat(tables.column("select error from tidings_outbox").get(0)).startsWith(reason);
        assertThat(relay.figures().setAside()).isEqualTo(1);
    }

    /** Whoever has a mistake in an application has it in many rows, and each statement may take as long as a disk. */
    @Test
    void rowsThatAreBadForOneReasonAreSetAsideByOneStatement() throws SQLException {
        try (Connection connection = tables.begin()) {
            for (int row = 0; row < 100; row++) {
                OutboxTables.write(connection, null, row % 2 == 0 ? " " : "/hub/x", "bad");
            }
            OutboxTables.write(connection, null, "/orders", "behind");
            connection.commit();
        }
        var statements = new AtomicInteger();
        Relay relay = node.relay(new WatchedSource(database) {
            @Override
            void before(Connection connection, String sql) {
                if (sql.startsWith("update tidings_outbox set")) {
                    statements.incrementAndGet();
                }
            }
        });
        Eventually.passes(() -> assertThat(relay.figures().setAside()).isEqualTo(100));
        Eventually.passes(() -> assertThat(node.data()).containsExactly("behind"));
        assertThat(tables.column("select count(*) from tidings_outbox where error is not null"))
                .containsExactly("100");
        assertThat(tables.column("select distinct error from tidings_outbox")).hasSize(2);
        assertThat(statements).hasValue(2);
        node.endRelays();
    }

    /** Some programs that show logs end a line there. */
    @Test
    void nothingInARowEndsALineOfTheLog() throws SQLException {
        try (var lines = LogRecorder.of(RelaySteps.class)) {
            tables.write("/hub/x\u2028FORGED", "forged");
            Relay relay = node.relay(database);
            Eventually.passes(() -> assertThat(relay.figures().setAside()).isEqualTo(1));
            Eventually.passes(() -> assertThat(lines.messages()).anyMatch(line -> line.contains("FORGED")));
            assertThat(lines.messages()).noneMatch(line -> line.contains("\u2028"));
        }
    }

    @Test
    void rowThatWasSetAsideIsPublishedWhenItIsMended() throws SQLException {
        String[] statements =
                CodeBlock.of("docs/outbox.md", "Rows that are set aside").code().split(";", -1);
        try (Connection connection = tables.begin()) {
            OutboxTables.write(connection, 42L, "", "mended");
            connection.commit();
        }
        node.relay(database);
        Eventually.passes(() -> assertThat(tables.column(statements[0])).containsExactly("42"));
        tables.execute(statements[1]);
        awaitNoRows();
        assertThat(node.data()).containsExactly("mended");
    }

    @Test
    void rowsWaitWhileTheLogTakesNone() throws SQLException {
        Relay relay = node.relay(database);
        Eventually.holds("it relays", relay::isRelaying);
        log.unwritable();
        tables.write("/orders", "1");
        Eventually.passes(() -> assertThat(relay.figures().logErrors()).isGreaterThan(1));
        assertThat(tables.ids()).hasSize(1);
        log.up();
        awaitNoRows();
        assertThat(node.data()).containsExactly("1");
    }

    /** A disk that hangs may take what it was given in the end. Before that is known, nothing is published again. */
    @Test
    void publishWhoseOutcomeIsLateIsNotRepeated() throws SQLException {
        Relay relay = node.relay(database);
        Eventually.holds("it relays", relay::isRelaying);
        log.late();
        tables.write("/orders", "1");
        Eventually.holds("it is under way", () -> log.isWaitedFor());
        log.up();
        tables.write("/orders", "2");
        log.acceptLate();
        awaitNoRows();
        assertThat(node.data()).containsExactly("1", "2");
    }

    /** History cannot be asked whether it has them. */
    @Test
    void publishOfWhatHistorySkipsIsNotRepeatedWhenItsOutcomeIsLate() throws SQLException {
        var retention = new Retention(100, Duration.ofHours(1), 1 << 20, SelectorSet.parse(List.of("/orders")));
        var skipping = new FaultyLog(new MemoryLog(retention, Clock.systemUTC()));
        try (RelayNode other = new RelayNode(skipping)) {
            Eventually.holds("it relays", other.relay(database)::isRelaying);
            skipping.late();
            tables.write("/orders", "1");
            Eventually.holds("it is under way", () -> skipping.isWaitedFor());
            skipping.up();
            skipping.acceptLate();
            awaitNoRows();
            assertThat(other.hub.traffic().published())
                    .as("what the log has answered in time")
                    .isZero();
        }
    }

    @Test
    void failureOfThePublishingIsNotTakenForOneOfTheDatabase() throws SQLException {
        var failing = new FaultyLog(RelayNode.memory());
        try (RelayNode other = new RelayNode(failing)) {
            Relay relay = other.relay(database);
            Eventually.holds("it relays", relay::isRelaying);
            failing.broken();
            tables.write("/orders", "1");
            Eventually.passes(() -> assertThat(relay.fault()).startsWith("the relay has met failures for "));
            assertThat(relay.figures().databaseErrors()).isZero();
            failing.up();
            awaitNoRows();
            assertThat(other.data()).containsExactly("1");
        }
    }

    @Test
    void publishThatWasRefusedLateIsRepeated() throws SQLException {
        Relay relay = node.relay(database);
        Eventually.holds("it relays", relay::isRelaying);
        log.late();
        tables.write("/orders", "1");
        Eventually.holds("it is under way", () -> log.isWaitedFor());
        log.up();
        log.refuseLate();
        awaitNoRows();
        assertThat(node.data()).containsExactly("1");
    }

    @Test
    void twoRelaysPublishEachRowOnce() throws SQLException {
        Relay one = node.relay(database);
        Relay other = node.relay(database);
        List<String> all = IntStream.range(0, 300).mapToObj(Integer::toString).toList();
        for (String data : all) {
            tables.write("/orders", data);
        }
        awaitNoRows();
        assertThat(node.data()).isEqualTo(all);
        assertThat(List.of(one.isRelaying(), other.isRelaying())).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void anotherTakesOverAtOnceFromARelayThatEnds() throws SQLException {
        var clock = new ManualClock();
        Relay one = node.relay(database, clock::nanoTime);
        Eventually.holds("it relays", one::isRelaying);
        Relay other = node.relay(database, clock::nanoTime);
        tables.write("/orders", "1");
        awaitNoRows();
        one.close();
        Eventually.holds("the other relays, with no time passed", other::isRelaying);
        tables.write("/orders", "2");
        awaitNoRows();
        assertThat(node.data()).containsExactly("1", "2");
    }

    /** What is left by a node that was killed between writing a batch down and publishing it, or afterwards. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void batchThatIsWrittenDownIsPublishedOnce(boolean isPublished) throws SQLException {
        tables.writeAll("/orders", List.of("1", "2"));
        BatchIds batch = BatchIds.of(List.of(1L, 2L));
        tables.execute("insert into tidings_outbox_lease values (1, 41, null, '" + batch.text() + "')");
        if (isPublished) {
            node.hub.publish(List.of(event(1, "1"), event(2, "2")));
        }
        tables.write("/orders", "3");
        node.relay(database);
        awaitNoRows();
        assertThat(node.data()).containsExactly("1", "2", "3");
    }

    /** A replica that takes over may never have had what was found, and confirms all that it has itself. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void whatALogLosesWhileItIsAskedIsPublishedAgain(boolean isWrittenDown, boolean isGood) throws SQLException {
        String large = isGood ? "1" : "x".repeat(1001);
        tables.writeAll("/orders", List.of(large, "2"));
        if (isWrittenDown) {
            tables.execute("insert into tidings_outbox_lease values (1, 41, null, '"
                    + BatchIds.of(List.of(1L, 2L)).text() + "')");
        }
        node.hub.publish(List.of(event(1, large), event(2, "2")));
        log.failsOverTo(RelayNode.memory());
        node.relay(database);
        Eventually.passes(() -> assertThat(tables.column("select id from tidings_outbox where error is null"))
                .isEmpty());
        assertThat(node.data()).isEqualTo(isGood ? List.of("1", "2") : List.of("2"));
        assertThat(tables.ids()).as("the row that is bad here").isEqualTo(isGood ? List.of() : List.of("1"));
    }

    /** Whoever may publish may use any id, and could otherwise have an event of the database lost. */
    @Test
    void anotherEventWithARowsIdIsNotTakenForIt() throws SQLException {
        node.hub.publish(
                List.of(new PublishRequest(List.of("/users/mallory"), null, "1", "tidings_outbox-1", null, true)));
        tables.write("/orders", "1");
        tables.execute("insert into tidings_outbox_lease values (1, 41, null, '"
                + BatchIds.of(List.of(1L)).text() + "')");
        node.relay(database);
        awaitNoRows();
        assertThat(node.events())
                .extracting(event -> event.topics().get(0))
                .containsExactly("/users/mallory", "/orders");
    }

    /** A database that crashed may have lost what it had said was committed. */
    @Test
    void rowThatIsThereAgainAlthoughItWasPublishedIsNotPublishedTwice() throws SQLException {
        node.hub.publish(List.of(event(1, "1")));
        tables.writeAll("/orders", List.of("1", "2"));
        node.relay(database);
        awaitNoRows();
        assertThat(node.data()).containsExactly("1", "2");
    }

    /** The rows that are there again need not be the first: a transaction with lower ids may have been committed late. */
    @Test
    void rowsThatAreThereAgainBehindOthersAreNotPublishedTwice() throws SQLException {
        node.hub.publish(List.of(event(10_000, "published")));
        try (Connection connection = tables.begin()) {
            for (int id = 1; id <= 2 * RelaySteps.MOST_ROWS; id++) {
                OutboxTables.write(connection, (long) id, "/orders", Integer.toString(id));
            }
            OutboxTables.write(connection, 10_000L, "/orders", "published");
            connection.commit();
        }
        node.relay(database);
        awaitNoRows();
        assertThat(node.data()).hasSize(2 * RelaySteps.MOST_ROWS + 1).doesNotHaveDuplicates();
    }

    /** The node that published it accepted it, and this one has other limits. */
    @Test
    void rowThatIsBadHereAndWasPublishedByAnotherIsNotSetAside() throws SQLException {
        String large = "x".repeat(2000);
        node.hub.publish(List.of(event(1, large)));
        tables.write("/orders", large);
        tables.write("/orders", large);
        tables.execute("insert into tidings_outbox_lease values (1, 41, null, '"
                + BatchIds.of(List.of(1L, 2L)).text() + "')");
        node.relay(database);
        Eventually.passes(() -> assertThat(tables.column("select id from tidings_outbox where error is not null"))
                .containsExactly("2"));
        assertThat(tables.ids()).as("what the log has is deleted").containsExactly("2");
    }

    /** As a text that is no text in the character set that it is said to be in. */
    @Test
    void rowThatTheDriverCannotReadIsSetAsideAndDoesNotStopTheOthers() throws SQLException {
        tables.execute("alter table tidings_outbox alter column private character varying(9) default 'false'");
        tables.writeAll("/orders", List.of("1", "2", "3"));
        tables.execute("update tidings_outbox set private = 'perhaps' where id = 2");
        node.relay(database);
        Eventually.passes(() -> assertThat(tables.ids()).containsExactly("2"));
        assertThat(node.data()).containsExactly("1", "3");
        assertThat(tables.column("select error from tidings_outbox").get(0))
                .startsWith("The database's driver cannot read this row: ");
    }

    /** It takes longer than a lock of one row would be waited for. */
    @Test
    void rowThatCannotBeReadIsFoundAlthoughItTakesLongToReadThemAll() throws SQLException {
        tables.execute("alter table tidings_outbox alter column private character varying(9) default 'false'");
        tables.writeAll("/orders", List.of("1", "2", "3", "4"));
        tables.execute("update tidings_outbox set private = 'perhaps' where id = 2");
        var slow = new WatchedSource(database) {
            @Override
            void before(Connection connection, String sql) {
                if (sql.contains("topics, ") && sql.contains("?, ?")) {
                    long begun = System.nanoTime();
                    Eventually.holds("time passes", () -> System.nanoTime() - begun > 2_100_000_000L);
                }
            }
        };
        node.relay(slow);
        Eventually.passes(() -> assertThat(tables.ids()).containsExactly("2"));
        assertThat(node.data()).containsExactly("1", "3", "4");
        node.endRelays();
    }

    /** As after a change of the column. */
    @Test
    void rowsOfWhichNoneCanBeReadAreNotSetAside() throws SQLException {
        tables.execute("alter table tidings_outbox alter column private character varying(9) default 'perhaps'");
        tables.writeAll("/orders", List.of("1", "2"));
        Relay relay = node.relay(database);
        Eventually.passes(() -> assertThat(relay.figures().databaseErrors()).isGreaterThan(1));
        assertThat(tables.column("select id from tidings_outbox where error is null"))
                .hasSize(2);
        tables.execute("update tidings_outbox set private = 'false'");
        awaitNoRows();
        assertThat(node.data()).containsExactly("1", "2");
    }

    /** Drivers say it by the exception, and each has states of its own. */
    @ParameterizedTest
    @MethodSource("faultsOfTheDatabase")
    void faultOfTheDatabaseSetsNoRowAside(SQLException fault) throws SQLException {
        tables.writeAll("/orders", List.of("1", "2"));
        var failures = new AtomicInteger();
        var failing = new WatchedSource(database) {
            @Override
            void before(Connection connection, String sql) throws SQLException {
                // The joint read, and that of the first row.
                if (sql.contains("topics, ") && failures.getAndIncrement() < 2) {
                    throw fault;
                }
            }
        };
        Relay relay = node.relay(failing);
        awaitNoRows();
        assertThat(node.data()).containsExactly("1", "2");
        assertThat(relay.figures().databaseErrors()).isEqualTo(2);
        node.endRelays();
    }

    static Stream<SQLException> faultsOfTheDatabase() {
        return Stream.of(
                new SQLTransientConnectionException("lost"),
                new SQLRecoverableException("closed"),
                new SQLNonTransientConnectionException("closed"));
    }

    /** It is no row's fault, and all of them would be set aside. */
    @Test
    void columnThatIsMissingSetsNoRowAside() throws SQLException {
        tables.execute("alter table tidings_outbox rename column private to secret");
        tables.writeAll("/orders", List.of("1", "2"));
        Relay relay = node.relay(database);
        Eventually.passes(() -> assertThat(relay.figures().databaseErrors()).isGreaterThan(1));
        assertThat(tables.column("select id from tidings_outbox where error is null"))
                .hasSize(2);
        tables.execute("alter table tidings_outbox rename column secret to private");
        awaitNoRows();
        assertThat(node.data()).containsExactly("1", "2");
    }

    @Test
    void anyNumberOfSixtyFourBitsIsAnId() throws SQLException {
        List<Long> ids = List.of(Long.MIN_VALUE, -5L, 0L, 1L, Long.MAX_VALUE);
        try (Connection connection = tables.begin()) {
            for (long id : ids) {
                OutboxTables.write(connection, id, "/orders", Long.toString(id));
            }
            connection.commit();
        }
        assertThat(BatchIds.parse(new BatchIds("key", ids).text())).isEqualTo(new BatchIds("key", ids));
        node.relay(database);
        awaitNoRows();
        assertThat(node.data()).isEqualTo(ids.stream().map(String::valueOf).toList());
        assertThat(node.events()).extracting(Event::id).startsWith("tidings_outbox--9223372036854775808");
    }

    /** A character of two halves stands where the reason is cut. */
    @Test
    void reasonThatIsLongerThanItsColumnIsCut() throws SQLException {
        tables.write("/hub/x" + "\ud83d\ude00".repeat(400), "forged");
        tables.write("/hub/" + "\ud83d\ude00".repeat(400), "forged");
        node.relay(database);
        Eventually.passes(() -> assertThat(tables.column("select error from tidings_outbox where error is not null"))
                .hasSize(2)
                .allSatisfy(error -> assertThat(error).hasSizeBetween(499, 500).doesNotEndWith("\ud83d")));
    }

    @Test
    void databaseThatIsAwayIsTriedUntilItIsThere() throws SQLException {
        tables.execute("drop table tidings_outbox_lease");
        Relay relay = node.relay(database);
        Eventually.passes(
                () -> assertThat(relay.fault()).startsWith("the relay has not been able to use its database for "));
        assertThat(relay.figures().databaseErrors()).isPositive();
        tables.execute("create table tidings_outbox_lease (id integer primary key, counter bigint not null,"
                + " holder character varying(200), batch character large object)");
        tables.write("/orders", "1");
        awaitNoRows();
        Eventually.holds("nothing hinders it", () -> relay.fault() == null);
    }

    /** As a database that was away, and is read only when it is back. */
    @Test
    void reasonThatChangesIsToldTooAndEndsNoLine() throws SQLException {
        tables.execute("drop table tidings_outbox_lease");
        try (var lines = LogRecorder.of(Relay.class)) {
            Relay relay = node.relay(database);
            Eventually.passes(() -> assertThat(lines.messages())
                    .anyMatch(line -> line.contains("Table \\\"TIDINGS_OUTBOX_LEASE\\\" not found")));
            tables.execute("create table tidings_outbox_lease (id integer primary key)");
            Eventually.passes(() ->
                    assertThat(lines.messages()).anyMatch(line -> line.contains("Column \\\"COUNTER\\\" not found")));
            long errors = relay.figures().databaseErrors();
            Eventually.passes(() -> assertThat(relay.figures().databaseErrors()).isGreaterThan(errors));
            assertThat(lines.messages())
                    .as("each reason once, in a line each")
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("the relay cannot use its database, and tries again until it can")
                            .doesNotContain("\n"));
        }
    }

    /** And not told to be over by each look at the lease of a relay that is gone. */
    @Test
    void databaseThatCanOnlyBeReadHindersUntilItCanBeWritten() throws SQLException {
        tables.execute("insert into tidings_outbox_lease (id, counter, holder) values (1, 5, 'one that is gone')");
        tables.execute("alter table tidings_outbox_lease add constraint read_only check (counter < 6)");
        tables.write("/orders", "1");
        try (var lines = LogRecorder.of(Relay.class)) {
            Relay relay = node.relay(database);
            Eventually.holds("it has tried twice", () -> relay.figures().databaseErrors() > 1);
            assertThat(relay.fault()).contains("has not been able to use its database");
            assertThat(lines.messages()).as("one line").hasSize(1);
            tables.execute("alter table tidings_outbox_lease drop constraint read_only");
            awaitNoRows();
            Eventually.holds("nothing hinders it", () -> relay.fault() == null);
            assertThat(lines.messages()).hasSize(2);
        }
    }

    /** It is not told so either, each time that it tries again. */
    @Test
    void relayThatFindsItsOwnLeaseAgainHasNotTakenOver() throws SQLException {
        Relay relay = node.relay(database);
        Eventually.holds("it relays", relay::isRelaying);
        try (var lines = LogRecorder.of(RelaySteps.class)) {
            tables.execute("alter table tidings_outbox rename to elsewhere");
            Eventually.passes(() -> assertThat(relay.figures().databaseErrors()).isGreaterThan(3));
            tables.execute("alter table elsewhere rename to tidings_outbox");
            tables.write("/orders", "1");
            awaitNoRows();
            Eventually.holds("nothing hinders it", () -> relay.fault() == null);
            assertThat(lines.messages()).isEmpty();
        }
        assertThat(relay.figures().takeovers()).isEqualTo(1);
    }

    /** 50 ms, and twice as long each time. */
    @Test
    void databaseThatIsAwayIsTriedLessAndLessOften() throws SQLException {
        tables.execute("drop table tidings_outbox_lease");
        long begun = System.nanoTime();
        Relay relay = node.relay(database);
        Eventually.passes(() -> assertThat(relay.figures().databaseErrors()).isGreaterThan(5));
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofMillis(50 + 100 + 200 + 400 + 800));
    }

    /** H2 speaks some of the other dialects well enough to make the tables and to find the rows. */
    @ParameterizedTest
    @CsvSource({"Oracle, ;MODE=Oracle", "SQL Server, ;MODE=MSSQLServer", "MySQL and MariaDB, ;MODE=MySQL"})
    void tablesOfOtherDatabasesAreRelayed(String heading, String mode) throws SQLException {
        DataSource other = h2(mode);
        OutboxTables of = OutboxTables.make(other, CodeBlock.of("docs/outbox.md", heading));
        of.writeAll("/orders", List.of("1", "2"));
        of.write(" ", "bad");
        node.relay(other);
        Eventually.passes(() -> assertThat(of.ids()).containsExactly("3"));
        assertThat(node.data()).containsExactly("1", "2");
        node.endRelays();
        of.execute("shutdown");
    }

    @Test
    void relayLeavesTheConnectionAsItWas() throws SQLException {
        Relay relay = node.relay(database);
        Eventually.holds("it relays", relay::isRelaying);
        relay.close();
        assertThat(tables.column("select holder from tidings_outbox_lease")).containsExactly((String) null);
        assertThat(tables.column("select session_id from information_schema.sessions"))
                .hasSize(1);
    }

    private static PublishRequest event(long id, String data) {
        return new PublishRequest(List.of("/orders"), null, data, "tidings_outbox-" + id, null, false);
    }

    private void awaitNoRows() {
        Eventually.passes(() -> assertThat(tables.ids()).isEmpty());
    }
}
