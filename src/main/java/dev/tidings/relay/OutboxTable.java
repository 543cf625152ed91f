package dev.tidings.relay;

import java.io.IOException;
import java.io.Reader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The table that applications write to, and the table of the lease beside it, in the words of their database.
 *
 * <p>Nothing is committed here.
 *
 * <p><b>Threads.</b> One at a time for each connection.
 */
final class OutboxTable {

    /** How long the reason of a bad row may be, in characters. */
    static final int LONGEST_REASON = 500;

    /** How many rows are counted that wait. */
    static final int MOST_WAITING = 10_000;

    /** Beyond this no list of topics is accepted. */
    private static final int MOST_TOPICS_TEXT = 128 * 1024;

    private static final int MOST_TYPE_TEXT = 1024;
    private static final int ROWS_AT_ONCE = 50;
    private static final int CHARACTERS_AT_ONCE = 16 * 1024 * 1024;

    /** The states of SQL for a row that is there already, of drivers that do not say it by their exception. */
    private static final String INTEGRITY = "23";

    private final String name;
    private final String lease;
    private final boolean hasLimit;

    /** The table as it is read: a SQL Server would otherwise wait for those who write. */
    private final String readable;

    private final int mostData;

    /** What is read of a row: no more of its text than any event may have, where the driver would read it whole. */
    private final String columns;

    /**
     * @param name as the setting has it: letters, digits, {@code _}, {@code $}, and a dot behind the schema
     * @param product the name of the database
     * @param mostData the most characters of data that are read
     */
    OutboxTable(String name, String product, int mostData) {
        this.name = name;
        this.lease = name + "_lease";
        String lower = product.toLowerCase(Locale.ROOT);
        this.hasLimit = lower.contains("mysql") || lower.contains("mariadb");
        this.readable = lower.contains("sql server") ? name + " with (readpast)" : name;
        this.mostData = mostData;
        boolean cuts = hasLimit || lower.contains("postgresql");
        this.columns = "id, " + part("topics", MOST_TOPICS_TEXT, cuts) + ", type, " + part("data", mostData, cuts)
                + ", private";
    }

    private static String part(String column, int most, boolean cuts) {
        return cuts ? "substring(" + column + ", 1, " + (most + 1L) + ")" : column;
    }

    /** The oldest rows that wait, until there are so many, or they take so many bytes. */
    List<OutboxRow> waiting(Connection connection, int mostRows, long mostBytes) throws SQLException {
        String sql = "select " + columns + " from " + readable + " where error is null order by id" + first(mostRows);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            return read(select, mostBytes);
        }
    }

    /** The rows that have these ids, in order. */
    List<OutboxRow> rows(Connection connection, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        String sql = "select " + columns + " from " + name + among(ids) + " order by id";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            set(select, ids);
            return read(select, Long.MAX_VALUE);
        }
    }

    /** How many rows wait, {@value #MOST_WAITING} at most. */
    int count(Connection connection) throws SQLException {
        String sql = "select count(*) from (select id from " + readable + " where error is null order by id"
                + first(MOST_WAITING) + ") waiting";
        try (Statement select = connection.createStatement();
                ResultSet result = select.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    /** Deletes the rows that have these ids. */
    void delete(Connection connection, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from " + name + among(ids))) {
            set(delete, ids);
            delete.executeUpdate();
        }
    }

    private static String among(List<Long> ids) {
        return " where id in (?" + ", ?".repeat(places(ids) - 1) + ")";
    }

    private static void set(PreparedStatement statement, List<Long> ids) throws SQLException {
        for (int i = 0; i < places(ids); i++) {
            statement.setLong(i + 1, ids.get(Math.min(i, ids.size() - 1)));
        }
    }

    /** A power of two, so that there are few statements for a database to prepare. The last id fills the rest. */
    private static int places(List<Long> ids) {
        return Integer.highestOneBit(Math.max(1, 2 * ids.size() - 1));
    }

    /** Leaves a row out of the next looks, for this reason. */
    void setAside(Connection connection, long id, String reason) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update " + name + " set error = ? where id = ?")) {
            update.setString(1, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    /** The lease; null if nobody has ever had it. */
    @Nullable
    LeaseRow lease(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select counter, holder, batch from " + lease + " where id = 1")) {
            return row.next() ? new LeaseRow(row.getLong(1), row.getString(2), row.getString(3)) : null;
        }
    }

    /**
     * Makes the lease, which nobody has.
     *
     * @return false if it is there already, so that the transaction has to be rolled back
     */
    boolean addLease(Connection connection) throws SQLException {
        try (Statement insert = connection.createStatement()) {
            insert.executeUpdate("insert into " + lease + " (id, counter) values (1, 0)");
            return true;
        } catch (SQLException failure) {
            if (failure instanceof SQLIntegrityConstraintViolationException
                    || String.valueOf(failure.getSQLState()).startsWith(INTEGRITY)) {
                return false;
            }
            throw failure;
        }
    }

    /** Changes the lease if its counter is this. Until the transaction ends, no other can change it. */
    boolean change(Connection connection, long counter, LeaseRow next) throws SQLException {
        String sql = "update " + lease + " set counter = ?, holder = ?, batch = ? where id = 1 and counter = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, next.counter());
            update.setString(2, next.holder());
            update.setString(3, next.batch());
            update.setLong(4, counter);
            return update.executeUpdate() == 1;
        }
    }

    private String first(int rows) {
        return hasLimit ? " limit " + rows : " offset 0 rows fetch first " + rows + " rows only";
    }

    private List<OutboxRow> read(PreparedStatement select, long mostBytes) throws SQLException {
        select.setFetchSize(Math.max(1, Math.min(ROWS_AT_ONCE, CHARACTERS_AT_ONCE / Math.max(1, mostData))));
        var rows = new ArrayList<OutboxRow>();
        long bytes = 0;
        try (ResultSet result = select.executeQuery()) {
            while (bytes < mostBytes && result.next()) {
                OutboxRow row = row(result);
                rows.add(row);
                bytes += row.size();
            }
        }
        return rows;
    }

    private OutboxRow row(ResultSet result) throws SQLException {
        long id = result.getLong(1);
        String topics = text(result, 2, MOST_TOPICS_TEXT);
        String type = text(result, 3, MOST_TYPE_TEXT);
        String data = text(result, 4, mostData);
        boolean isPrivate = result.getBoolean(5);
        String cut = isLonger(topics, MOST_TOPICS_TEXT) ? "topics" : isLonger(data, mostData) ? "data" : null;
        return new OutboxRow(id, topics, type, data, isPrivate, cut);
    }

    private static boolean isLonger(@Nullable String text, int most) {
        return text != null && text.length() > most;
    }

    /** The text of a column, or one character more than the most if it has more. */
    private static @Nullable String text(ResultSet result, int column, int most) throws SQLException {
        try (Reader reader = result.getCharacterStream(column)) {
            if (reader == null) {
                return null;
            }
            var text = new StringBuilder();
            char[] part = new char[8192];
            int read = 0;
            while (text.length() <= most && read >= 0) {
                text.append(part, 0, read);
                read = reader.read(part, 0, Math.min(part.length, most + 1 - text.length()));
            }
            return text.toString();
        } catch (IOException broken) {
            throw new SQLException("a column could not be read", broken);
        }
    }
}
