package dev.tidings.relay;

import dev.tidings.testing.CodeBlock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The application's side of an outbox, in the tables that the documents have people make.
 *
 * <p><b>Threads.</b> Any; each call has a connection of its own.
 */
public final class OutboxTables {

    private final DataSource source;

    private OutboxTables(DataSource source) {
        this.source = source;
    }

    /** Makes the tables by this block. */
    public static OutboxTables make(DataSource source, CodeBlock block) throws SQLException {
        var tables = new OutboxTables(source);
        for (String statement : block.code().split(";", -1)) {
            if (!statement.isBlank()) {
                tables.execute(statement);
            }
        }
        return tables;
    }

    /** Has PostgreSQL notify, by the block that the documents have for it. */
    public void notifying() throws SQLException {
        execute(CodeBlock.of("docs/outbox.md", "PostgreSQL", 2).code());
    }

    /** Runs a statement, and commits it. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection whose transaction does not end by itself. */
    public Connection begin() throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Writes a public event, and commits it. */
    public void write(String topic, String data) throws SQLException {
        try (Connection connection = source.getConnection()) {
            write(connection, null, topic, data);
        }
    }

    /** Writes events that are public in one transaction. */
    public void writeAll(String topic, List<String> data) throws SQLException {
        try (Connection connection = begin()) {
            for (String each : data) {
                write(connection, null, topic, each);
            }
            connection.commit();
        }
    }

    /** Writes a row in the connection's transaction, with this id, or one that the database gives. */
    public static void write(Connection connection, @Nullable Long id, String topics, @Nullable String data)
            throws SQLException {
        String sql = id == null
                ? "insert into tidings_outbox (topics, data) values (?, ?)"
                : "insert into tidings_outbox (topics, data, id) values (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, topics);
            insert.setString(2, data);
            if (id != null) {
                insert.setLong(3, id);
            }
            insert.executeUpdate();
        }
    }

    /** The first column of each row. */
    public List<String> column(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** All that a statement answers, as one text. */
    public String rows(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(sql)) {
            var text = new StringBuilder();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    text.append(rows.getString(column)).append(column == columns ? '\n' : ' ');
                }
            }
            return text.toString();
        }
    }

    /** The ids of the rows that are there. */
    public List<String> ids() throws SQLException {
        return column("select id from tidings_outbox order by id");
    }
}
