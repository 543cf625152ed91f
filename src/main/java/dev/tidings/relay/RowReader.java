package dev.tidings.relay;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads rows, and tells a row that cannot be read from a database that cannot be used.
 *
 * <p>Rows are read together. If that fails, each is read alone, so that one that its driver cannot read does not stop the others.
 *
 * <p><b>Threads.</b> One at a time, as its table.
 */
final class RowReader {

    /** What fails later than this may have met a lock, or a slow database. */
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
     * @throws SQLException if that cannot be told now
     */
    Found rows(List<Long> ids) throws SQLException {
        long begun = System.nanoTime();
        try {
            return new Found(table.rows(ids), List.of());
        } catch (SQLException failure) {
            requireOfARow(failure, begun);
            return oneByOne(ids);
        }
    }

    private Found oneByOne(List<Long> ids) throws SQLException {
        var rows = new ArrayList<OutboxRow>();
        var unreadable = new ArrayList<Unreadable>();
        for (long id : ids) {
            long begun = System.nanoTime();
            try {
                rows.addAll(table.rows(List.of(id)));
            } catch (SQLException failure) {
                requireOfARow(failure, begun);
                // Whoever can read this can use the database.
                if (table.has(id)) {
                    unreadable.add(
                            new Unreadable(id, "The database's driver cannot read this row: " + failure.getMessage()));
                }
            }
        }
        return new Found(rows, unreadable);
    }

    private static void requireOfARow(SQLException failure, long begun) throws SQLException {
        String state = String.valueOf(failure.getSQLState());
        if (failure instanceof SQLTimeoutException
                || OF_THE_DATABASE.stream().anyMatch(state::startsWith)
                || System.nanoTime() - begun > AT_ONCE.toNanos()) {
            throw failure;
        }
    }
}
