package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A real MariaDB on loopback.
 *
 * <p>Where there is no MariaDB, whoever starts one is skipped, and fails with {@code CI=true}.
 *
 * <p><b>Threads.</b> One at a time.
 */
public final class MariaDbServer extends DatabaseProcess {

    private static final String MISSING = "MariaDB is not tested: apt-get install mariadb-server";
    private static final String USER = "root";

    private MariaDbServer() throws IOException {
        super("mariadb");
        begin();
    }

    /** Starts one that has an empty database. */
    public static MariaDbServer start() {
        try {
            return new MariaDbServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void initialise() throws IOException {
        Path log = directory().resolve("install.log");
        run(
                List.of(
                        Executable.require("mariadb-install-db", MISSING).toString(),
                        "--no-defaults",
                        "--datadir=" + data(),
                        "--auth-root-authentication-method=normal",
                        "--skip-name-resolve",
                        "--skip-test-db"),
                log);
        assertThat(data().resolve("mysql")).as(Files.readString(log)).exists();
    }

    @Override
    List<String> command() {
        return List.of(
                Executable.require("mariadbd", MISSING).toString(),
                "--no-defaults",
                "--datadir=" + data(),
                "--port=" + port(),
                "--bind-address=127.0.0.1",
                "--socket=" + directory().resolve("socket"),
                "--pid-file=" + directory().resolve("pid"),
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=16M");
    }

    @Override
    Connection connect() throws SQLException {
        return at("jdbc:mariadb://127.0.0.1:" + port() + "/", USER).getConnection();
    }

    @Override
    boolean isReady(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create database if not exists tidings");
            return true;
        }
    }

    @Override
    public DataSource source() {
        return source(USER, "");
    }

    @Override
    public DataSource source(String user, String parameters) {
        return at(url() + parameters, user);
    }

    private static DataSource at(String url, String user) {
        try {
            var source = new MariaDbDataSource(url);
            source.setUser(user);
            return source;
        } catch (SQLException badAddress) {
            throw new AssertionError(badAddress);
        }
    }

    @Override
    public String documentedLimits() {
        return "?connectTimeout=5000&socketTimeout=20000";
    }

    @Override
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/tidings";
    }

    @Override
    public String user() {
        return USER;
    }
}
