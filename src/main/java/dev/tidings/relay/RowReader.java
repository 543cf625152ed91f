package dev.tidings.relay;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads rows, and tells a row that cannot be read from a database that cannot be used.
 *
 * <p>Rows are read together. If that fails, each is read alone, so that one that its driver cannot read does not stop the others. If
 * none of several can be read, it is not the rows that are at fault.
 *
 * <p><b>Threads.</b> One at a time, as its table.
 */
final class RowReader {

    /** A row alone that fails later than this may have met a lock, or a slow database. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    /**
     * What SQL's states begin with it is not a row's content that is at fault: no connection, no right, a deadlock, a column that is not
     * there, no memory, somebody who ends statements, the system, a lock.
     */
    private static final List<String> OF_THE_DATABASE = List.of("08", "28", "40", "42", "53", "57", "58", "70", "HYT");

    /**
     * Rows that were read.
     *
     * @param rows in order of their ids
     * @param unreadable those that cannot be read, with the reason
     */
    record Found(List<OutboxRow> rows, List<Unreadable> unreadable) {}

    /** A row that cannot be read. */
    record Unreadable(long id, String reason) {}

    private final OutboxTable table;

    RowReader(OutboxTable table) {
        this.table = table;
    }

    /**
     * The rows that have these ids, as far as they are there and wait.
     *
     * @throws SQLException if that cannot be told now, or none of several can be read
     */
    Found rows(List<Long> ids) throws SQLException {
        try {
            return new Found(table.rows(ids), List.of());
        } catch (SQLException failure) {
            // However late it comes: to read so much may take long.
            if (isOfTheDatabase(failure)) {
                throw failure;
            }
            return oneByOne(ids, failure);
        }
    }

    private Found oneByOne(List<Long> ids, SQLException together) throws SQLException {
        var rows = new ArrayList<OutboxRow>();
        var unreadable = new ArrayList<Unreadable>();
        for (long id : ids) {
            long begun = System.nanoTime();
            try {
                rows.addAll(table.rows(List.of(id)));
            } catch (SQLException failure) {
                if (isOfTheDatabase(failure) || System.nanoTime() - begun > AT_ONCE.toNanos()) {
                    throw failure;
                }
                // Whoever can read this can use the database.
                if (table.has(id)) {
                    unreadable.add(
                            new Unreadable(id, "The database's driver cannot read this row: " + failure.getMessage()));
                }
            }
        }
        if (ids.size() > 1 && unreadable.size() == ids.size()) {
            throw together;
        }
        return new Found(rows, unreadable);
    }

    private static boolean isOfTheDatabase(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLNonTransientConnectionException
                || OF_THE_DATABASE.stream().anyMatch(state::startsWith);
    }
}
