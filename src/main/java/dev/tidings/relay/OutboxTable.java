package dev.tidings.relay;

import java.io.IOException;
import java.io.Reader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table that applications write to, and the table of the lease beside it, in the words of their database.
 *
 * <p>Each call is one statement, and done when it returns.
 *
 * <p><b>Threads.</b> One at a time, as its connection.
 */
final class OutboxTable {

    /** How long the reason of a bad row may be, in characters. */
    static final int LONGEST_REASON = 500;

    /** How many rows are counted that wait. */
    static final int MOST_WAITING = 10_000;

    /** Beyond this no list of topics is accepted. */
    private static final int MOST_TOPICS_TEXT = 128 * 1024;

    private static final int MOST_TYPE_TEXT = 1024;

    /** The states of SQL for a row that is there already, of drivers that do not say it by their exception. */
    private static final String INTEGRITY = "23";

    /** The states of SQL for a text that a column cannot have, as in another character set. MySQL has none of its own for it. */
    private static final List<String> OF_A_TEXT = List.of("22", "HY000");

    private static final Pattern NOT_ASCII = Pattern.compile("[^ -~]");

    private final DatabaseConnection connection;
    private final String name;
    private final String lease;
    private final boolean isMySql;

    /** The table as it is read: a SQL Server would otherwise wait for those who write. */
    private final String readable;

    private final int mostData;

    /** About how many characters of a row are read, as the database counts them without reading them. */
    private final String size;

    /** What is read of a row: no more of its text than any event may have, where the driver would read it whole. */
    private final String columns;

    /**
     * @param name as the setting has it: letters, digits, {@code _}, {@code $}, and a dot behind the schema
     * @param product the name of the database
     * @param mostData the most characters of data that are read
     */
    OutboxTable(DatabaseConnection connection, String name, String product, int mostData) {
        this.connection = connection;
        this.name = name;
        this.lease = name + "_lease";
        String lower = product.toLowerCase(Locale.ROOT);
        boolean isPostgres = lower.contains("postgresql");
        boolean isSqlServer = lower.contains("sql server");
        this.isMySql = lower.contains("mysql") || lower.contains("mariadb");
        this.readable = isSqlServer ? name + " with (readpast)" : name;
        this.mostData = mostData;
        boolean cuts = isMySql || isPostgres;
        this.columns = "id, " + part("topics", MOST_TOPICS_TEXT, cuts) + ", type, " + part("data", mostData, cuts)
                + ", private";
        String length = isPostgres ? "octet_length" : isSqlServer ? "datalength" : "length";
        this.size = "coalesce(" + length + "(topics), 0) + coalesce(" + length + "(data), 0)";
    }

    private static String part(String column, int most, boolean cuts) {
        return cuts ? "substring(" + column + ", 1, " + (most + 1L) + ")" : column;
    }

    /** The ids of the oldest rows that wait: so many, or fewer if their text is more than this many characters. */
    List<Long> waiting(int mostRows, long mostText) throws SQLException {
        String sql = "select id, " + size + " from " + readable + " where error is null order by id" + first(mostRows);
        var ids = new ArrayList<Long>();
        long text = 0;
        try (PreparedStatement select = connection.prepare(sql);
                ResultSet result = select.executeQuery()) {
            while (result.next()) {
                text += Math.min(result.getLong(2), (long) MOST_TOPICS_TEXT + mostData);
                if (!ids.isEmpty() && text > mostText) {
                    break;
                }
                ids.add(result.getLong(1));
            }
        }
        return ids;
    }

    /** The highest id of a row that waits; null if none does. */
    @Nullable
    Long highest() throws SQLException {
        try (PreparedStatement select = connection.prepare("select max(id) from " + readable + " where error is null");
                ResultSet result = select.executeQuery()) {
            result.next();
            long highest = result.getLong(1);
            return result.wasNull() ? null : highest;
        }
    }

    /** The rows that have these ids and wait, in order. */
    List<OutboxRow> rows(List<Long> ids) throws SQLException {
        var rows = new ArrayList<OutboxRow>();
        if (ids.isEmpty()) {
            return rows;
        }
        String sql = "select " + columns + " from " + name + among(ids) + " and error is null order by id";
        try (PreparedStatement select = connection.prepare(sql)) {
            set(select, 1, ids);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
        }
        return rows;
    }

    /** Whether there is a row with this id. None of its other columns is looked at. */
    boolean has(long id) throws SQLException {
        try (PreparedStatement select = connection.prepare("select id from " + name + " where id = ?")) {
            select.setLong(1, id);
            try (ResultSet result = select.executeQuery()) {
                return result.next();
            }
        }
    }

    /** How many rows wait, {@value #MOST_WAITING} at most. */
    int count() throws SQLException {
        String sql = "select count(*) from (select id from " + readable + " where error is null order by id"
                + first(MOST_WAITING) + ") waiting";
        try (PreparedStatement select = connection.prepare(sql);
                ResultSet result = select.executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }

    /** Deletes the rows that have these ids. */
    void delete(List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepare(isMySql ? "delete o from " + each(ids) : "delete from " + name + among(ids))) {
            set(statement, 1, ids);
            statement.executeUpdate();
        }
    }

    /** To change many by a list, a MariaDB would read the whole table, and wait for each row in it that is not committed yet. */
    private String each(List<Long> ids) {
        return "(select ? as wanted" + " union all select ?".repeat(places(ids) - 1) + ") these straight_join " + name
                + " o force index (primary) on o.id = these.wanted";
    }

    private static String among(List<Long> ids) {
        return " where id in (?" + ", ?".repeat(places(ids) - 1) + ")";
    }

    private static void set(PreparedStatement statement, int first, List<Long> ids) throws SQLException {
        for (int i = 0; i < places(ids); i++) {
            statement.setLong(first + i, ids.get(Math.min(i, ids.size() - 1)));
        }
    }

    /** A power of two, so that there are few statements for a database to prepare. The last id fills the rest. */
    private static int places(List<Long> ids) {
        return Integer.highestOneBit(Math.max(1, 2 * ids.size() - 1));
    }

    /**
     * Leaves rows out of the next looks, for this reason, as far as they wait and if the counter of the lease is this.
     *
     * @return how many that was
     */
    int setAside(List<Long> ids, String reason, long counter) throws SQLException {
        String text = shortened(reason);
        try {
            return update(ids, text, counter);
        } catch (SQLException refused) {
            String plain = NOT_ASCII.matcher(text).replaceAll("?");
            String state = String.valueOf(refused.getSQLState());
            if (plain.equals(text) || OF_A_TEXT.stream().noneMatch(state::startsWith)) {
                throw refused;
            }
            return update(ids, plain, counter);
        }
    }

    private int update(List<Long> ids, String reason, long counter) throws SQLException {
        String held = " and error is null and exists (select 1 from " + lease + " where id = 1 and counter = ?)";
        String sql = isMySql
                ? "update " + each(ids) + " set error = ? where true" + held
                : "update " + name + " set error = ?" + among(ids) + held;
        int places = places(ids);
        try (PreparedStatement update = connection.prepare(sql)) {
            update.setString(isMySql ? places + 1 : 1, reason);
            set(update, isMySql ? 1 : 2, ids);
            update.setLong(places + 2, counter);
            return update.executeUpdate();
        }
    }

    private static String shortened(String reason) {
        if (reason.length() <= LONGEST_REASON) {
            return reason;
        }
        // Databases refuse half a character.
        boolean splits = Character.isHighSurrogate(reason.charAt(LONGEST_REASON - 1));
        return reason.substring(0, LONGEST_REASON - (splits ? 1 : 0));
    }

    /** The lease; null if nobody has ever had it. */
    @Nullable
    LeaseRow lease() throws SQLException {
        try (PreparedStatement select =
                        connection.prepare("select counter, holder, batch from " + lease + " where id = 1");
                ResultSet row = select.executeQuery()) {
            return row.next() ? new LeaseRow(row.getLong(1), row.getString(2), row.getString(3)) : null;
        }
    }

    /** Makes the lease, which nobody has, unless another has made it meanwhile. */
    void addLease() throws SQLException {
        try (PreparedStatement insert = connection.prepare("insert into " + lease + " (id, counter) values (1, 0)")) {
            insert.executeUpdate();
        } catch (SQLException failure) {
            if (!(failure instanceof SQLIntegrityConstraintViolationException)
                    && !String.valueOf(failure.getSQLState()).startsWith(INTEGRITY)) {
                throw failure;
            }
        }
    }

    /** Changes the lease if its counter is this. Returns whether it was. */
    boolean change(long counter, LeaseRow next) throws SQLException {
        String sql = "update " + lease + " set counter = ?, holder = ?, batch = ? where id = 1 and counter = ?";
        try (PreparedStatement update = connection.prepare(sql)) {
            update.setLong(1, next.counter());
            update.setString(2, next.holder());
            update.setString(3, next.batch());
            update.setLong(4, counter);
            return update.executeUpdate() == 1;
        }
    }

    private String first(int rows) {
        return isMySql ? " limit " + rows : " offset 0 rows fetch first " + rows + " rows only";
    }

    private OutboxRow row(ResultSet result) throws SQLException {
        long id = result.getLong(1);
        String topics = text(result, 2, MOST_TOPICS_TEXT);
        String type = text(result, 3, MOST_TYPE_TEXT);
        String data = text(result, 4, mostData);
        // Null is private: what was shown to everybody cannot be taken back.
        boolean isPrivate = result.getBoolean(5) || result.wasNull();
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
